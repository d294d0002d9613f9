"""The C tokenizer, and finding functions with it."""

import unittest

import support      # noqa: F401  (puts the kit's packages on the path)
from stagetool import csource
from stagetool.csource import Kind
from stagetool.errors import KitError


def body_of(text: str, name: str) -> str:
    function = csource.find_function(text, name)
    return text[function.body_start:function.end]


class Tokens(unittest.TestCase):
    def kinds(self, text: str) -> list[tuple[Kind, str]]:
        return [(token.kind, token.text) for token in csource.tokens(text)]

    def test_offsets_lead_back_to_the_text(self) -> None:
        text = 'int a = 0x1Fu; /* b */ char *c = "d\\"e"; // f\n#define G h\n'
        for token in csource.tokens(text):
            self.assertEqual(text[token.start:token.end], token.text)

    def test_comment_marks_in_strings_are_no_comments(self) -> None:
        self.assertEqual(self.kinds('"/* no */" "// no"'),
                         [(Kind.STRING, '"/* no */"'), (Kind.STRING, '"// no"')])

    def test_quotes_in_comments_open_nothing(self) -> None:
        self.assertEqual([kind for kind, _ in self.kinds("/* don't \" */ x // isn't\ny")],
                         [Kind.COMMENT, Kind.WORD, Kind.COMMENT, Kind.WORD])

    def test_character_constants(self) -> None:
        self.assertEqual(self.kinds(r"""'{' '\'' '"' L'\\'"""),
                         [(Kind.CHARACTER, text) for text in (r"'{'", r"'\''", "'\"'", r"L'\\'")])

    def test_line_comment_goes_on_after_a_backslash(self) -> None:
        self.assertEqual(self.kinds("// a \\\n b {\nc")[1], (Kind.WORD, "c"))

    def test_directive_goes_on_after_a_backslash(self) -> None:
        kinds = self.kinds("#define F(x) { \\\n    x; \\\n}\nint y;")
        self.assertEqual(kinds[0][0], Kind.DIRECTIVE)
        self.assertEqual(kinds[1], (Kind.WORD, "int"))

    def test_directive_goes_on_in_a_comment(self) -> None:
        kinds = self.kinds("#define A 1 /* one\n two { */\nint y;")
        self.assertEqual([kind for kind, _ in kinds],
                         [Kind.DIRECTIVE, Kind.WORD, Kind.WORD, Kind.MARK])

    def test_directive_with_a_comment_mark_in_a_string(self) -> None:
        self.assertEqual(self.kinds('#define URL "http://x/*"\nint')[1], (Kind.WORD, "int"))

    def test_numbers_are_one_token_each(self) -> None:
        texts = [text for _, text in self.kinds("0x1e+3 1.5e-3f .5 10ull a->b")]
        self.assertEqual(texts, ["0x1e+3", "1.5e-3f", ".5", "10ull", "a", "->", "b"])

    def test_unclosed_comment_and_string_are_errors_with_their_line(self) -> None:
        for text in ("int a;\n/* never", 'int a;\nchar *b = "never;\n'):
            with self.assertRaisesRegex(KitError, "line 2: .* is never closed"):
                csource.tokens(text)


class Functions(unittest.TestCase):
    def test_body_with_braces_in_strings_comments_and_characters(self) -> None:
        text = 'int f(void)\n{\n    g("}"); /* } */ // }\n    return \'}\';\n}\nint g;\n'
        self.assertEqual(body_of(text, "f"), text[text.index("{"):text.rindex("}") + 1])

    def test_prototype_and_calls_are_no_definitions(self) -> None:
        text = ("static int f(int a);\nint g(void)\n{\n    return f(1);\n}\n"
                "static int f(int a)\n{\n    return a;\n}\nint h(void) { return f(2); }\n")
        self.assertEqual(body_of(text, "f"), "{\n    return a;\n}")
        self.assertEqual([each.name for each in csource.functions(text)], ["g", "f", "h"])

    def test_definition_begins_after_its_comment(self) -> None:
        text = "int a;\n\n/** f() { does */\nstatic void f(void)\n{\n}\n"
        function = csource.find_function(text, "f")
        self.assertEqual(text[function.start:function.body_start], "static void f(void)\n")

    def test_definition_after_a_directive(self) -> None:
        text = "#include <x.h>\n#define LONG(a) \\\n    { a }\nvoid f(void)\n{\n}\n"
        function = csource.find_function(text, "f")
        self.assertTrue(text[function.start:].startswith("void f"))

    def test_attributes_before_between_and_behind(self) -> None:
        for text in ("__attribute__((noinline, section(\"{\"))) static void f(int a)\n{\n}",
                     "static __attribute__((noinline)) void f(int a)\n{\n}",
                     "static void __attribute__((noinline)) f(int a)\n{\n}",
                     "static void f(int a) __attribute__((noinline))\n{\n}",
                     "static void f(int a) NOINLINE\n{\n}",
                     "_Noreturn static inline void f(int a)\n{\n}"):
            with self.subTest(text):
                function = csource.find_function(text, "f")
                self.assertEqual(function.start, 0)
                self.assertEqual(function.parameters, ("a",))
                self.assertTrue(function.is_static)

    def test_return_types(self) -> None:
        for head, expected in (("void f(void)", "void"), ("static inline void f(void)", "void"),
                               ("void *f(void)", "void *"),
                               ("const struct thing *f(void)", "const struct thing *"),
                               ("struct thing f(void)", "struct thing"),
                               ("unsigned long\nf(void)", "unsigned long")):
            with self.subTest(head):
                self.assertEqual(csource.find_function(head + "\n{\n}", "f").return_type, expected)

    def test_parameter_names(self) -> None:
        for inside, expected in (
                ("void", ()), ("", ()), ("int a", ("a",)), ("const char *format, ...", ("format",)),
                ("struct context *restrict to, uint8_t bytes[static 16]", ("to", "bytes")),
                ("int (*compare)(const void *left, const void *right), void *data",
                 ("compare", "data")),
                ("void (*const table[4])(int), int (*(*get)(int a))(int b)", ("table", "get")),
                ("int matrix[3][SIZE(2, 3)], int unused __attribute__((unused))",
                 ("matrix", "unused")),
                ("\n    size_t /* not, this */ size,\n    bool (*next)(void)\n", ("size", "next"))):
            with self.subTest(inside):
                text = f"int f({inside})\n{{\n    return 0;\n}}\n"
                self.assertEqual(csource.find_function(text, "f").parameters, expected)

    def test_initialisers_types_and_assertions_are_no_functions(self) -> None:
        text = ("struct point { int x; struct { int y; } z; };\n"
                "static const struct point table[] = { { 1, { 2 } }, };\n"
                "int (*const hook)(void) = NULL;\n"
                "enum { A, B = sizeof(int) };\n"
                "struct __attribute__((packed)) gate { int low; };\n"
                "union ALIGNED(16) both { int a; };\n"
                "typedef struct { int a; } pair_t;\n"
                "_Static_assert(sizeof(struct point) == 8, \"{\");\n"
                "__asm__(\"f: {\");\n"
                "struct point f(struct point p)\n{\n    return (struct point){ 1, { 2 } };\n}\n")
        self.assertEqual([each.name for each in csource.functions(text)], ["f"])

    def test_only_one_branch_of_a_conditional_counts(self) -> None:
        text = ("#if 0\nvoid f(void)\n{\n    {{{\n}\n#else\nvoid f(int right)\n{\n}\n#endif\n"
                "#ifdef A\nint g(int a)\n{\n#else\nint g(int b)\n{\n#endif\n    return 1;\n}\n"
                "#if 0\n#if 1\nint h(void) { }\n#endif\n#elif B\nint h(int right) { }\n"
                "#else\nint h(int wrong) { }\n#endif\n")
        found = {each.name: each.parameters for each in csource.functions(text)}
        self.assertEqual(found, {"f": ("right",), "g": ("a",), "h": ("right",)})

    def test_missing_and_doubled_definitions_are_errors(self) -> None:
        with self.assertRaisesRegex(KitError, r"g\(\) is not defined"):
            csource.find_function("int g(void);\nint f(void) { return g(); }", "g")
        with self.assertRaisesRegex(KitError, r"f\(\) is defined twice"):
            csource.find_function("int f(void) { }\nint f(void) { }", "f")

    def test_unbalanced_braces_are_an_error(self) -> None:
        with self.assertRaisesRegex(KitError, "is never closed"):
            csource.functions("int f(void)\n{\n    if (1) {\n}\n")


class GlobalNames(unittest.TestCase):
    def test_functions_and_variables(self) -> None:
        text = ("static int hidden;\nextern int elsewhere;\nint prototype(int a);\n"
                "int counter;\nstruct queue ready = { 0 };\nuint8_t stack[4096];\n"
                "void (*const hook)(void) = start;\nstruct only_a_type { int x; };\n"
                "struct also_only_a_type;\nenum { CONSTANT };\ntypedef int number_t;\n"
                "const char *const names[] = { \"a\" };\n"
                "_Static_assert(sizeof(int) == 4, \"x\");\n"
                "int f(void)\n{\n    static int local;\n}\n"
                "static int g(void)\n{\n}\n")
        self.assertEqual(csource.global_names(text),
                         {"counter", "ready", "stack", "hook", "names", "f"})


if __name__ == "__main__":
    unittest.main()

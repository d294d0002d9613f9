/**
 * @file
 * Assertions (ISO C11 7.2). May be included several times, with or without NDEBUG.
 */
#undef assert

#ifdef NDEBUG
#define assert(condition) ((void)0)
#else
/** Says what does not hold, and where, and aborts. */
#define assert(condition) \
    ((condition) ? (void)0 : assert_failed(#condition, __FILE__, __LINE__, __func__))
#endif

#define static_assert _Static_assert

_Noreturn void assert_failed(const char *condition, const char *file, int line,
                             const char *function);

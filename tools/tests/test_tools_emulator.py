"""The emulators' arguments, and how the end of a run is told."""

import unittest
from dataclasses import replace
from pathlib import Path

from support import work_folder, write_files

import image
from emulator import bochs, outcome, programs, qemu
from emulator.outcome import End, Unwritten

KERNEL = Path("build/microk.elf")


def value_after(command: list[str], option: str) -> str:
    return command[command.index(option) + 1]


class QemuArguments(unittest.TestCase):
    def test_the_usual_machine(self) -> None:
        command = qemu.command(qemu.Machine(kernel=KERNEL))
        self.assertEqual(command[0], "qemu-system-x86_64")
        for option, value in (("-m", "128M"), ("-cpu", "max"), ("-kernel", str(KERNEL)),
                              ("-display", "none"), ("-monitor", "none")):
            self.assertEqual(value_after(command, option), value)
        self.assertIn("isa-debugcon,iobase=0xe9,chardev=debug", command)
        self.assertIn("isa-debug-exit,iobase=0xf4,iosize=0x04", command)
        self.assertIn("-no-reboot", command)
        for option in ("-S", "-gdb", "-mon", "-icount", "-append", "-no-shutdown", "-object"):
            self.assertNotIn(option, command)

    def test_a_command_line_is_one_argument(self) -> None:
        command = qemu.command(qemu.Machine(kernel=KERNEL, command_line="test=a seed=0x1"))
        self.assertEqual(value_after(command, "-append"), "test=a seed=0x1")

    def test_an_iso_takes_the_kernels_place(self) -> None:
        command = qemu.command(qemu.Machine(iso=Path("microk.iso")))
        self.assertEqual(value_after(command, "-cdrom"), "microk.iso")
        self.assertNotIn("-kernel", command)

    def test_modules_are_one_argument_in_order(self) -> None:
        command = qemu.command(qemu.Machine(kernel=KERNEL,
                                            modules=(Path("b/init"), Path("a,c/hello"))))
        self.assertEqual(value_after(command, "-initrd"), "b/init,a,,c/hello")
        self.assertNotIn("-initrd", qemu.command(qemu.Machine(kernel=KERNEL)))
        with self.assertRaises(ValueError):
            qemu.command(qemu.Machine(kernel=KERNEL, modules=(Path("a b/init"),)))

    def test_a_machine_boots_exactly_one_thing(self) -> None:
        for wrong in (qemu.Machine(), qemu.Machine(kernel=KERNEL, iso=Path("a.iso")),
                      qemu.Machine(iso=Path("a.iso"), command_line="x"),
                      qemu.Machine(iso=Path("a.iso"), modules=(KERNEL,))):
            with self.assertRaises(ValueError):
                qemu.command(wrong)

    def test_a_comma_in_a_path_does_not_end_the_option(self) -> None:
        command = qemu.command(qemu.Machine(kernel=KERNEL, serial=qemu.to_file("a,b"),
                                            qmp=Path("c,d")))
        self.assertIn("file,path=a,,b,id=serial", command)
        self.assertIn("socket,path=c,,d,server=on,wait=off,id=qmp", command)

    def test_a_disk_is_the_first_one_of_the_first_channel(self) -> None:
        command = qemu.command(qemu.Machine(kernel=KERNEL, disk=Path("a,b.img")))
        self.assertEqual(value_after(command, "-drive"),
                         "file=a,,b.img,format=raw,if=ide,index=0,media=disk,cache=writeback")
        self.assertNotIn("-drive", qemu.command(qemu.Machine(kernel=KERNEL)))

    def test_a_recorded_disk_is_recorded(self) -> None:
        command = qemu.command(qemu.Machine(kernel=KERNEL, disk=Path("changes"),
                                            record=qemu.Record("replay", Path("events"))))
        self.assertIn("file=changes,format=qcow2,if=none,id=image", command)
        self.assertIn("driver=blkreplay,if=none,image=image,id=disk", command)
        self.assertIn("ide-hd,drive=disk,bus=ide.0,unit=0", command)

    def test_pipes(self) -> None:
        machine = qemu.Machine(kernel=KERNEL, serial=qemu.to_pipes("a,b"))
        self.assertIn("pipe,path=a,,b,id=serial", qemu.command(machine))
        recorded = replace(machine, record=qemu.Record("record", Path("events")))
        self.assertEqual(value_after(qemu.command(recorded), "-serial"), "pipe:a,b")

    def test_observers(self) -> None:
        command = qemu.command(qemu.Machine(kernel=KERNEL, qmp=Path("q"), gdb=Path("g"),
                                            stopped=True, pause_at_end=True))
        self.assertEqual(value_after(command, "-gdb"), "chardev:gdb")
        self.assertEqual(value_after(command, "-mon"), "qmp,mode=control")
        self.assertIn("-S", command)
        self.assertIn("-no-shutdown", command)

    def test_memory_that_others_can_map(self) -> None:
        command = qemu.command(qemu.Machine(kernel=KERNEL, memory="16M", ram_file=Path("ram")))
        self.assertEqual(value_after(command, "-object"),
                         "memory-backend-file,id=ram,size=16M,mem-path=ram,share=on")
        self.assertEqual(value_after(command, "-machine"), "pc,memory-backend=ram")

    def test_counted_time(self) -> None:
        command = qemu.command(qemu.Machine(kernel=KERNEL, icount=True))
        self.assertEqual(value_after(command, "-icount"), "shift=4,sleep=off")
        command = qemu.command(qemu.Machine(kernel=KERNEL, icount=True, disk=Path("disk.img")))
        self.assertEqual(value_after(command, "-icount"), "shift=4")

    def test_a_recording_and_its_replay_have_the_same_machine(self) -> None:
        def machine(mode: str) -> list[str]:
            record = qemu.Record(mode, Path("events"), Path("snapshots.qcow2"))
            return qemu.command(qemu.Machine(kernel=KERNEL, serial=qemu.TERMINAL, record=record,
                                             debug_port=qemu.to_file("a,b")))
        recorded, replayed = machine("record"), machine("replay")
        self.assertEqual(value_after(recorded, "-icount"),
                         "shift=4,rr=record,rrfile=events,rrsnapshot=init")
        self.assertEqual(value_after(recorded, "-debugcon"), "file:a,b")
        self.assertEqual(value_after(recorded, "-serial"), "stdio")
        self.assertEqual([word.replace("rr=record", "rr=replay") for word in recorded], replayed)

    def test_anything_else_comes_last(self) -> None:
        command = qemu.command(qemu.Machine(kernel=KERNEL, extra=("-d", "int")))
        self.assertEqual(command[-2:], ["-d", "int"])


class BochsFiles(unittest.TestCase):
    def test_files_and_command(self) -> None:
        folder = work_folder("bochs")
        machine = bochs.Machine(iso=Path("a.iso"), serial=Path("/dev/pts/9"), log=folder / "log",
                                megabytes=16)
        command = bochs.write_files(machine, folder)
        text = (folder / "bochsrc").read_text()
        self.assertEqual(command, ["bochs", "-q", "-f", str(folder / "bochsrc"),
                                   "-rc", str(folder / "commands")])
        self.assertIn("memory: guest=16, host=16", text)
        self.assertIn("path=a.iso", text)
        self.assertIn("com1: enabled=1, mode=term, dev=/dev/pts/9", text)
        self.assertEqual((folder / "commands").read_text(), "c\n")

    def test_a_disk_is_alone_on_the_first_channel(self) -> None:
        folder = work_folder("bochs")
        with (folder / "disk").open("wb") as disk:
            disk.truncate(32 << 20)
        machine = bochs.Machine(iso=Path("a.iso"), serial=Path("/dev/pts/9"), log=folder / "log")
        self.assertIn("ata0-master: type=cdrom, path=a.iso, status=inserted",
                      bochs.configuration(machine))
        text = bochs.configuration(replace(machine, disk=folder / "disk"))
        self.assertIn(f"ata0-master: type=disk, path={folder}/disk, mode=flat, cylinders=65, "
                      "heads=16, spt=63\n", text)
        self.assertIn("ata1-master: type=cdrom, path=a.iso, status=inserted\n", text)


class Programs(unittest.TestCase):
    def test_a_build_without_a_list_has_none(self) -> None:
        self.assertEqual(programs.built(work_folder("none")), ())

    def test_a_copy_is_in_the_same_order_with_what_debuggers_need(self) -> None:
        build, other = work_folder("build"), work_folder("copy")
        write_files(build, {"programs.list": "init hello\n", "programs/init": "i",
                            "programs/hello": "h", "programs/init.debug": "id",
                            "programs/old": "o"})
        found = programs.built(build)
        self.assertEqual(found, (build / "programs/init", build / "programs/hello"))
        programs.copy(found, other)
        self.assertEqual([path.relative_to(other) for path in programs.built(other)],
                         [Path("programs/init"), Path("programs/hello")])
        self.assertEqual({path.name: path.read_text() for path in (other / "programs").iterdir()},
                         {"init": "i", "hello": "h", "init.debug": "id"})

    def test_grub_loads_them_in_order_and_gives_each_its_name(self) -> None:
        text = image.configuration("a b", [Path("x/init"), Path("y/hello")])
        self.assertIn("    multiboot /boot/microk.elf 'a' 'b'\n"
                      "    module /boot/programs/init init\n"
                      "    module /boot/programs/hello hello\n    boot\n", text)
        self.assertNotIn("module ", image.configuration("", []))


class Outcomes(unittest.TestCase):
    def test_the_debug_port_tells_the_end(self) -> None:
        for text, fault, early, end in (
                ("stop: done\n", None, False, End.DONE),
                ("stop: panic\n", None, False, End.PANIC),
                ("noise stop: panic\n", "RIP=0", False, End.PANIC),
                ("", "RIP=0", False, End.TRIPLE_FAULT),
                ("unwritten: a (b)\n", None, True, End.UNWRITTEN),
                ("", None, False, End.LEFT)):
            with self.subTest(text=text, fault=fault):
                result = outcome.read_outcome(text, fault, early)
                self.assertIs(result.end, end)
                self.assertEqual(result.failed, end not in (End.DONE, End.LEFT))

    def test_unwritten_exercises_are_listed(self) -> None:
        result = outcome.read_outcome("unwritten: idt-gate (idt_set)\nunwritten: b (c_d)\n"
                                      "stop: done\n", None)
        self.assertEqual(result.unwritten, (Unwritten("idt-gate", "idt_set"),
                                            Unwritten("b", "c_d")))

    def test_a_triple_fault_names_the_first_of_each_register(self) -> None:
        dump = "RSP=00000000000000AA\nRIP=ffff800000001000 RFL=2\nCR2=0 RIP=0000000000000001"
        result = outcome.read_outcome("", dump)
        self.assertEqual(result.registers, "RSP=00000000000000aa, RIP=ffff800000001000, CR2=0")
        self.assertIn(result.registers, result.sentence())

    def test_a_triple_fault_in_bochs(self) -> None:
        log = "00046e[CPU0  ] exception(): 3rd (13) exception with no resolution\n"
        shown = "(0).[468] [0x000000100160] 0008:ffffffff80100160 (unk. ctxt): ud2\n"
        self.assertEqual(outcome.bochs_fault(log, shown), "RIP=ffffffff80100160")
        self.assertEqual(outcome.bochs_fault(log, ""), "")
        self.assertIsNone(outcome.bochs_fault("all is well", shown))

    def test_an_exercise_leads_to_its_handout(self) -> None:
        folder = work_folder("handout")
        write_files(folder, {"stage.json": '{"exercises": [{"id": "a", "stage": "01-boot", '
                                           '"section": "exercise-a"}]}', "broken.json": "{"})
        self.assertEqual(outcome.handout_of("a", folder / "stage.json"),
                         "labs/01-boot/handout.md#exercise-a")
        for exercise, file in (("b", "stage.json"), ("a", "broken.json"), ("a", "missing.json")):
            self.assertEqual(outcome.handout_of(exercise, folder / file), "")

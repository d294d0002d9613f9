"""The clients of QEMU's two protocols against fakes, a monitor's registers, children."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
import unittest
from typing import Callable

import support  # noqa: F401  pylint: disable=unused-import
from grader.errors import MachineLost
from grader.machine.processes import Child, kill_all
from grader.machine.qmp import ControlSocket
from grader.machine.registers import Segment, Table, parse_registers
from grader.machine.rsp import DebuggerStub

SOON = 5.0


def packet(payload: str, checksum: int | None = None) -> bytes:
    """A packet as QEMU's stub sends it."""
    value = sum(payload.encode()) & 0xFF if checksum is None else checksum
    return f"${payload}#{value:02x}".encode()


class Fake:
    """The other end of a socket: gives prepared answers, keeps what it was sent."""

    def __init__(self, answers: Callable[[socket.socket], None]) -> None:
        self.ours, theirs = socket.socketpair()
        self.theirs = theirs
        self._thread = threading.Thread(target=self._serve, args=(answers,), daemon=True)
        self._thread.start()

    def _serve(self, answers: Callable[[socket.socket], None]) -> None:
        try:
            answers(self.theirs)
        except OSError:
            pass

    def close(self) -> None:
        """Ends the conversation."""
        self._thread.join(SOON)
        self.theirs.close()
        self.ours.close()


class Protocol(unittest.TestCase):
    def fake(self, answers: Callable[[socket.socket], None]) -> socket.socket:
        """Our end of a conversation with a fake."""
        fake = Fake(answers)
        self.addCleanup(fake.close)
        return fake.ours


class Debugger(Protocol):
    def test_a_command_and_its_answer(self) -> None:
        seen = []

        def answers(theirs: socket.socket) -> None:
            seen.append(theirs.recv(100))
            theirs.sendall(b"+" + packet("OK"))

        DebuggerStub(self.fake(answers), SOON).insert_breakpoint(0xFFFFFFFF80100000)
        self.assertEqual(seen, [packet("Z1,ffffffff80100000,1")])

    def test_an_answer_in_pieces(self) -> None:
        def answers(theirs: socket.socket) -> None:
            theirs.recv(100)
            for byte in b"+" + packet("OK"):
                theirs.sendall(bytes([byte]))
                time.sleep(0.001)

        DebuggerStub(self.fake(answers), SOON).remove_breakpoint(1)

    def test_a_refusal(self) -> None:
        def answers(theirs: socket.socket) -> None:
            theirs.recv(100)
            theirs.sendall(b"+" + packet("E22"))

        with self.assertRaisesRegex(MachineLost, "E22"):
            DebuggerStub(self.fake(answers), SOON).insert_breakpoint(1)

    def test_running_and_stopping(self) -> None:
        def answers(theirs: socket.socket) -> None:
            theirs.recv(100)
            theirs.sendall(b"+" + packet("O68690a") + packet("T05thread:01;"))

        stub = DebuggerStub(self.fake(answers), SOON)
        stub.resume()
        self.assertTrue(stub.wait_for_stop(SOON))
        self.assertFalse(stub.wait_for_stop(0.0))

    def test_a_damaged_packet(self) -> None:
        stub = DebuggerStub(self.fake(lambda theirs: theirs.sendall(packet("OK", 0))), SOON)
        with self.assertRaisesRegex(MachineLost, "damaged"):
            stub.wait_for_stop(SOON)

    def test_a_closed_socket(self) -> None:
        stub = DebuggerStub(self.fake(lambda theirs: theirs.shutdown(socket.SHUT_RDWR)), SOON)
        with self.assertRaises(MachineLost):
            stub.wait_for_stop(SOON)


def control(*answers: dict) -> Callable[[socket.socket], None]:
    """A QEMU that greets, takes the capabilities, and then gives these answers to one command."""
    def serve(theirs: socket.socket) -> None:
        theirs.sendall(b'{"QMP": {}}\n')
        theirs.recv(1000)
        theirs.sendall(b'{"return": {}}\n')
        if answers:
            theirs.recv(1000)
            theirs.sendall(b"".join(json.dumps(answer).encode() + b"\n" for answer in answers))
    return serve


class Control(Protocol):
    def test_events_are_kept_for_later(self) -> None:
        event = {"event": "STOP", "data": {}}
        control_socket = ControlSocket(self.fake(control(event, {"return": 7}, event)), SOON)
        self.assertEqual(control_socket.execute("query"), 7)
        self.assertEqual(control_socket.take_events(), [event, event])
        self.assertEqual(control_socket.take_events(), [])

    def test_an_error(self) -> None:
        error = {"error": {"class": "GenericError", "desc": "no such thing"}}
        control_socket = ControlSocket(self.fake(control(error)), SOON)
        with self.assertRaisesRegex(MachineLost, "refused query: no such thing"):
            control_socket.execute("query")

    def test_silence(self) -> None:
        control_socket = ControlSocket(self.fake(control()), 0.05)
        with self.assertRaisesRegex(MachineLost, "did not answer query"):
            control_socket.execute("query")

    def test_a_closed_socket(self) -> None:
        with self.assertRaises(MachineLost):
            ControlSocket(self.fake(lambda theirs: theirs.shutdown(socket.SHUT_RDWR)), SOON)


LONG_MODE = """
CPU#0
RAX=0000000000000001 RBX=0000000000009500 RCX=ffffffff80107017 RDX=ffffffff80100263
RSI=ffffffff8010025c RDI=ffffffff8010026f RBP=0000000000000000 RSP=ffffffff80105ff0
R8 =0000000000000008 R9 =0000000000000000 R10=0000000000000000 R11=0000000000000000
R12=0000000000000000 R13=0000000000000000 R14=0000000000000000 R15=000000000000000f
RIP=ffffffff801000f0 RFL=00000246 [---Z-P-] CPL=3 II=0 A20=1 SMM=0 HLT=1
ES =0000 0000000000000000 00000000 00000000
CS =0008 0000000000000000 00000000 00209a00 DPL=0 CS64 [-R-]
LDT=0000 0000000000000000 0000ffff 00008200 DPL=0 LDT
TR =0018 ffffffff80110000 00000067 00008b00 DPL=0 TSS64-busy
GDT=     ffffffff80100000 00000027
IDT=     ffffffff80120000 00000fff
CR0=80010011 CR2=00000000deadbeef CR3=0000000000101000 CR4=00000020
DR6=00000000ffff0ff0 DR7=0000000000000400
EFER=0000000000000d00
FPR0=0000000000000000 0000 FPR1=0000000000000000 0000
"""

PROTECTED_MODE = """
EAX=2badb002 EBX=00009500 ECX=00100000 EDX=00000511
ESI=00000000 EDI=00101000 EBP=00000000 ESP=00006f00
EIP=00100054 EFL=00000002 [-------] CPL=0 II=0 A20=1 SMM=0 HLT=0
CS =0008 00000000 ffffffff 00cf9a00 DPL=0 CS32 [-R-]
GDT=     000caa68 00000027
IDT=     00000000 000003ff
CR0=00000011 CR2=00000000 CR3=00000000 CR4=00000000
EFER=0000000000000000
"""


class RegistersText(unittest.TestCase):
    def test_long_mode(self) -> None:
        registers = parse_registers(LONG_MODE)
        self.assertEqual((registers.rax, registers.r8, registers.r15), (1, 8, 15))
        self.assertEqual((registers.rip, registers.rdi, registers.rsp),
                         (0xFFFFFFFF801000F0, 0xFFFFFFFF8010026F, 0xFFFFFFFF80105FF0))
        self.assertEqual((registers.cr0, registers.cr2, registers.cr3, registers.cr4,
                          registers.efer), (0x80010011, 0xDEADBEEF, 0x101000, 0x20, 0xD00))
        self.assertEqual(registers.segments["tr"], Segment(0x18, 0xFFFFFFFF80110000, 0x67))
        self.assertEqual(registers.idt, Table(0xFFFFFFFF80120000, 0xFFF))
        self.assertEqual((registers.privilege, registers.halted, registers.interrupts_on),
                         (3, True, True))
        self.assertIn("cr2    00000000deadbeef", registers.text())

    def test_protected_mode(self) -> None:
        registers = parse_registers(PROTECTED_MODE)
        self.assertEqual((registers.rax, registers.rip, registers.rflags, registers.rsp),
                         (0x2BADB002, 0x100054, 2, 0x6F00))
        self.assertFalse(registers.interrupts_on)

    def test_unknown_register(self) -> None:
        with self.assertRaises(AttributeError):
            parse_registers(LONG_MODE).nonsense  # pylint: disable=expression-not-assigned


class Children(unittest.TestCase):
    def test_the_whole_group_ends(self) -> None:
        """What the child has started holds the pipe open until it is gone."""
        reading, writing = os.pipe()
        child = Child(["sh", "-c", "sleep 1000 & echo started; wait"], stdout=writing)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            self.assertEqual(pipe.readline(), "started\n")
            child.kill()
            self.assertEqual(pipe.read(), "")
        child.kill()  # harmless

    def test_all_of_them(self) -> None:
        children = [Child(["sleep", "1000"]) for _ in range(3)]
        kill_all()
        self.assertTrue(all(child.status() is not None for child in children))


if __name__ == "__main__":
    unittest.main()

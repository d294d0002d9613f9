"""junit.xml, as CI systems read it."""

from __future__ import annotations

import xml.etree.ElementTree as xml

from ..report import Report, full_message
from ..run import Status
from .plain import printable


def junit(report: Report) -> str:
    """The file's text. The grader's own trouble is an error, never a failure."""
    suite = xml.Element("testsuite", name=f"MicroK {report.stage.name}",
                        tests=str(len(report.outcomes)), failures=str(_failures(report)),
                        errors="1" if report.trouble else "0", time=f"{report.seconds:.3f}")
    properties = xml.SubElement(suite, "properties")
    xml.SubElement(properties, "property", name="seed", value=f"{report.seed:#x}")
    for outcome in report.outcomes:
        case = xml.SubElement(suite, "testcase", name=outcome.test.id,
                              classname=f"{report.stage.name}.{outcome.test.exercise or 'stage'}",
                              time=f"{outcome.seconds:.3f}")
        if outcome.status is Status.FAILED:
            message = printable(full_message(outcome, report))
            failure = xml.SubElement(case, "failure", message=message.partition("\n")[0])
            failure.text = message
    if report.trouble:
        case = xml.SubElement(suite, "testcase", name="grader", classname=report.stage.name)
        xml.SubElement(case, "error", message=printable(report.trouble))
    if report.problem:
        xml.SubElement(suite, "system-out").text = printable(report.problem)
    xml.indent(suite)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + xml.tostring(suite, "unicode") + "\n"


def _failures(report: Report) -> int:
    return sum(outcome.status is Status.FAILED for outcome in report.outcomes)

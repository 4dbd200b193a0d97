"""`zjtui import FILE FILE ...`: several lists, or those of a folder, as one operation."""

from pathlib import Path
from typing import Any

from zjtui.cli import import_, import_shown, output
from zjtui.cli.faults import line
from zjtui.cli.parser import Call
from zjtui.errors import Cancelled, Locked, Msg, WrongFiles, ZjtuiError
from zjtui.i18n import N_, _
from zjtui.sheets import reading
from zjtui.usecases import import_many
from zjtui.usecases.session import Session

_Read = tuple[Any, Any, Any]  # the book, how it is read, the job


def run(call: Call, session: Session, paths: list[Path], given: Any) -> int:
    """Preview lists and take them in as one; where one is wrong nothing is taken unless the others may be."""
    from zjtui.cli.workspace import watched

    ready, wrong = _prepared(session, paths, given)
    if wrong and not (given.skip_wrong and ready):
        names = Msg("{names}", names="; ".join(f"{path.name}: {line(error, 'import')}" for path, error in wrong))
        text = N_("Nothing was taken in (--skip-wrong takes in the others): {names}")
        raise WrongFiles(text, [(path.name, error) for path, error in wrong], names=names)
    jobs = [job for _book, _plan, job in ready]
    with watched(N_("Looking at the rows")) as (progress, cancelled):
        results = import_many.preview(session, jobs, progress, cancelled)
    outcome = None
    if not given.dry_run:
        with watched(N_("Taking the rows in")) as (progress, cancelled):
            outcome, results = import_many.run(session, jobs, results, progress, cancelled)
        for _book, plan, _job in ready:
            reading.remember(session, plan)
    written = _refused(ready, results, given)
    if call.json:
        operation = outcome.operation if outcome else None
        files = [
            import_shown.as_json(book, plan, result, operation)
            for (book, plan, _job), result in zip(ready, results, strict=True)
        ]
        errors = [{"file": path.name, "error": line(error, "import")} for path, error in wrong]
        output.print_json({"files": [*files, *errors], "operation": operation})
    else:
        for (book, plan, _job), result in zip(ready, results, strict=True):
            import_shown.print_list(book, plan, result, all_lines=given.all)
            output.say()
        for path, error in wrong:
            output.say("✗ {name}: {told}", name=path.name, told=line(error, "import"))
        import_shown.say_done(given, all(result.empty for result in results), bool(outcome))
        for path in written:
            output.say("{told}", told=_("The refused rows are in {path}").format(path=path))
    return 1 if wrong or any(result.of("refused") or result.empty for result in results) else 0


def _prepared(session: Session, paths: list[Path], given: Any) -> tuple[list[_Read], list[tuple[Path, ZjtuiError]]]:
    ready: list[_Read] = []
    wrong: list[tuple[Path, ZjtuiError]] = []
    for path in paths:
        try:
            ready.append(import_.prepared(session, path, given))
        except (Cancelled, Locked):
            raise
        except ZjtuiError as error:
            wrong.append((path, error))
    return ready, wrong


def _refused(ready: list[_Read], results: list[Any], given: Any) -> list[Path]:
    """Write the refused rows of each list beside each other: they have columns of their own."""
    if not given.refused:
        return []
    target = Path(given.refused)
    return [
        reading.write_refused(plan, result, target.with_name(f"{target.stem}-{book.path.stem}{target.suffix}"))
        for (book, plan, _job), result in zip(ready, results, strict=True)
        if result.of("refused")
    ]

"""``samples``: every paper the program prints, from the sample township, to be looked at."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from integrity_desk.cli.console import OK, Bar, save
from integrity_desk.domain.accounts import Role
from integrity_desk.domain.times import china_day, system_now
from integrity_desk.errors import InvalidInput
from integrity_desk.services.desk import Desk
from integrity_desk.services.opening import sign_in
from integrity_desk.services.sample import load_sample
from integrity_desk.services.specimens import DrawContactSheet, DrawPicture, Specimen, specimens
from integrity_desk.wording import _, in_chinese


def add_commands(commands: Any) -> None:
    """Add this module's sub-command."""
    parser = commands.add_parser("samples", help=_("用示例乡镇印出每一种印件的样张（PDF和PNG）"))
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help=_("结果放在此文件夹")
    )
    parser.add_argument("--only", default="", metavar="NAME", help=_("只印文件名以此开头的"))
    parser.set_defaults(run=_samples)


def _samples(arguments: argparse.Namespace) -> int:
    out: Path = arguments.out.absolute()
    out.mkdir(parents=True, exist_ok=True)
    bar = Bar()
    with _sample_desk(bar) as desk, in_chinese():
        wanted = [each for each in specimens(desk) if each.name.startswith(arguments.only)]
        if not wanted:
            raise InvalidInput(
                "only", _("没有名称以“{name}”开头的印件。").format(name=arguments.only)
            )
        drawn = [_written(each, desk, out, bar, at, len(wanted)) for at, each in enumerate(wanted)]
        sheet, picture = desk.ask(DrawContactSheet(drawn=tuple(drawn)))
    bar.finish()
    save(out / "contact-sheet.pdf", sheet)
    save(out / "contact-sheet.png", picture)
    print(_("{count}种印件的样张在 {path}").format(count=len(wanted), path=out))
    return OK


def _written(
    specimen: Specimen, desk: Desk, out: Path, bar: Bar, done: int, total: int
) -> tuple[str, bytes]:
    bar.step(done, total, specimen.title)
    pdf = specimen.draw()
    save(out / f"{specimen.name}.pdf", pdf)
    save(out / f"{specimen.name}.png", desk.ask(DrawPicture(pdf=pdf)))
    return specimen.title, pdf


@contextmanager
def _sample_desk(bar: Bar) -> Iterator[Desk]:
    """The reviewer of a sample township that lasts no longer than the command."""
    with tempfile.TemporaryDirectory(prefix="integrity-desk-samples-") as folder:
        sample = load_sample(Path(folder) / "store", today=china_day(system_now()), progress=bar)
        reviewer = next(each for each in sample.accounts if each.role is Role.REVIEWER)
        desk = sign_in(sample.folder, reviewer.login, reviewer.password)
        try:
            yield desk
        finally:
            desk.close()

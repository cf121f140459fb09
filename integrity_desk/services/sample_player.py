"""Playing the sample's stories: each line becomes one command of the account that may give it.

What is entered comes from ``[<type>.enter]`` (for every record), one of ``[[<type>.entries]]``
(what this record is about), ``[<type>.when."<field>".<value>]`` (what follows from a value) and
the story's line; what a step gives from ``[<type>.steps.<act>]``. Of an entry, ``units`` says
whose it may be (short names or kinds), ``tags`` help stories choose, one that stands ``apart`` is
told only where its tag is asked for, and names that begin with _ are words for later texts.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from typing import Any

from integrity_desk.domain.accounts import Role
from integrity_desk.domain.display import yuan
from integrity_desk.domain.inquiries import Purpose
from integrity_desk.domain.records import type_named
from integrity_desk.services.acts import Command
from integrity_desk.services.attachments import AttachFile
from integrity_desk.services.evaluation import GiveScores
from integrity_desk.services.inquiries import AnswerInquiry
from integrity_desk.services.letters import PrintLetter
from integrity_desk.services.records import AmendRecord, TakeStep
from integrity_desk.services.sample_files import SampleFiles
from integrity_desk.services.sample_office import Office
from integrity_desk.services.sample_stories import Act, Line
from integrity_desk.services.sample_values import Filler, Known, Scene, citizen_number, mobile
from integrity_desk.services.sheets import PrintSheet

_SUPERVISORS = "示例镇社会监督员"
_ASKS = "示例县委组织部"
_AUTHORITY = "示组函〔2026〕12号"
_ACTS_AS = {"approve": Role.REVIEWER, "administer": Role.ADMINISTRATOR}
_COMPANIONS = frozenset({"reporter"})
_NOT_FIELDS = frozenset({"units", "tags", "apart"})


class Player:
    """Plays the acts of all stories at the desks of the office."""

    def __init__(self, office: Office, texts: Mapping[str, Any], rng: random.Random) -> None:
        self._office = office
        self._texts = texts
        self._rng = rng
        self._filler = Filler(rng, office.known)
        self._files = SampleFiles(texts["files"], office.store.folder)
        self._file_ids = random.Random(len(texts["files"]))
        self._used: Counter[str] = Counter()
        """How often each entry was told and each record taken."""

    def play(self, act: Act) -> None:
        """Carry out one act on its day."""
        if act.on != self._office.clock.day:
            self._office.clock.turn_to(act.on)
        act.scene.day = act.on
        verbs = {
            "take": self._take, "enter": self._enter, "amend": self._amend,
            "score": self._score, "inquire": self._inquire, "write": self._write,
            "attach": self._attach, "print": self._print,
        }  # fmt: skip
        verbs.get(act.line.verb, self._step)(act.line, act.scene)

    def _take(self, line: Line, scene: Scene) -> None:
        own = self._office.known["unit"][0]
        free = [
            each
            for each in self._office.known[line.type]
            if not self._used[each.id] and each.values.get("unit_id") != own.id
        ]
        fitting = [
            each for each in free if not line.which or any(each.fits([word]) for word in line.which)
        ]
        others = [each for each in free if not self._leads(each)]
        taken = self._rng.choice(fitting or others or free)
        self._used[taken.id] += 1
        if line.type == "person":
            self._settle(scene, [], taken)
        scene.cast[line.role] = taken

    def _leads(self, person: Known) -> bool:
        """Whether a unit's cases lie with this person, who therefore stays where they are."""
        home = person.values.get("unit_id")
        staff = (each for each in self._office.known["person"] if each.values["unit_id"] == home)
        return bool(home) and next(staff, None) is person

    def _enter(self, line: Line, scene: Scene) -> None:
        entry = self._drawn(line)
        if "unit" not in scene.cast:
            self._settle(scene, entry.get("units", []))
        values = self._entered_values(line, entry, scene)
        companions = {name: values.pop(name) or {} for name in tuple(values) if name in _COMPANIONS}
        entered = self._office.enter(Role.CLERK, line.type, values, companions)
        entered.contested = scene.contested
        scene.cast[line.role] = entered

    def _amend(self, line: Line, scene: Scene) -> None:
        amended = scene.cast[line.role]
        values = self._filler.fill_all(line.given, scene)
        self._office.desks[Role.CLERK].perform(AmendRecord(id=amended.id, values=values))
        amended.values |= values

    def _score(self, line: Line, scene: Scene) -> None:
        """Let third parties give every unit of an evaluation its points."""
        indicator = scene.cast[line.role]
        scheme_id = indicator.values["evaluation_scheme_id"]
        (scheme,) = (s for s in self._office.known["evaluation_scheme"] if s.id == scheme_id)
        points = {unit: self._rng.randint(720, 985) * 10 for unit in scheme.values["unit_ids"]}
        command = GiveScores(indicator_id=indicator.id, values=points, given_by=_SUPERVISORS)
        self._office.desks[Role.CLERK].perform(command)

    def _inquire(self, line: Line, scene: Scene) -> None:
        """Let the county ask about the person of the story, and about the unit."""
        if "unit" not in scene.cast:
            self._settle(scene, [])
        command = AnswerInquiry(
            asked_by=_ASKS, purpose=Purpose.APPOINTMENT, authority=_AUTHORITY,
            subject_ids=(scene.cast["person"].id, scene.cast["unit"].id), bundled_fonts=True,
        )  # fmt: skip
        self._office.desks[Role.CLERK].perform(command)

    def _write(self, line: Line, scene: Scene) -> None:
        """Let the clerk print a letter about a record of the story."""
        about = scene.cast[line.role]
        for template in line.which:
            command = PrintLetter(record_id=about.id, template=template, bundled_fonts=True)
            self._office.desks[Role.CLERK].perform(command)

    def _attach(self, line: Line, scene: Scene) -> None:
        """Let the clerk attach files to a record of the story."""
        for tag in line.which:
            entry = self._files.entry(tag)
            told = [self._filler.fill(each, scene) for each in entry.get("lines", ())]
            with self._files.made(tag, told, scene.day) as path:
                command = AttachFile(
                    owner_id=scene.cast[line.role].id, path=path, purpose=entry["purpose"],
                    note=entry["note"],
                )  # fmt: skip
                self._beside(command)

    def _print(self, line: Line, scene: Scene) -> None:
        """Let the clerk print the sheet of a notice of the story."""
        self._beside(PrintSheet(notice_id=scene.cast[line.role].id, bundled_fonts=True))

    def _beside(self, command: Command[Any]) -> None:
        """Have the clerk do what changes nothing else that is told: its ids are drawn apart."""
        store, ids = self._office.store, self._office.store.random_bytes
        store.random_bytes = self._file_ids.randbytes
        self._office.desks[Role.CLERK].perform(command)
        store.random_bytes = ids

    def _step(self, line: Line, scene: Scene) -> None:
        moved = scene.cast[line.role]
        life = type_named(line.type).life
        assert life is not None, line
        step = life.step(line.verb)
        templates = self._texts[line.type].get("steps", {}).get(line.verb, {})
        values = self._filler.fill_all({**templates, **line.given}, scene)
        desk = self._office.desks[_ACTS_AS.get(step.permission, Role.CLERK)]
        desk.perform(TakeStep(type=line.type, id=moved.id, act=line.verb, values=values))
        moved.values |= values
        moved.state = step.to

    def _drawn(self, line: Line) -> Mapping[str, Any]:
        """Return one of the entries told least often so far among those the line asks for."""
        fitting = [
            (self._used[f"{line.type} {place}"], place, entry)
            for place, entry in enumerate(self._texts[line.type].get("entries", [{}]))
            if _is_asked_for(entry, line.which)
        ]
        least = min(used for used, _place, _entry in fitting)
        place, entry = self._rng.choice([each[1:] for each in fitting if each[0] == least])
        self._used[f"{line.type} {place}"] += 1
        return dict(entry)

    def _entered_values(self, line: Line, entry: Mapping[str, Any], scene: Scene) -> dict[str, Any]:
        texts = self._texts[line.type]
        own = {name: each for name, each in entry.items() if name not in _NOT_FIELDS}
        own |= line.given
        if "amount_fen" in own:
            own["amount_fen"] = self._filler.fill(own["amount_fen"], scene)
            scene.words["amount"] = yuan(own["amount_fen"])
        values = self._filler.fill_all({**texts.get("enter", {}), **own}, scene)
        if owner := type_named(line.type).part_of:
            values.setdefault(f"{owner}_id", scene.cast[owner].id)
        for path, cases in texts.get("when", {}).items():
            role, _dot, name = path.rpartition(".")
            value = (scene.cast[role].values if role else values).get(name)
            implied = {key: each for key, each in cases.get(value, {}).items() if key not in own}
            values |= self._filler.fill_all(implied, scene)
        return values

    def _settle(self, scene: Scene, units: list[str], person: Known | None = None) -> None:
        """Choose the people and the words of a story."""
        known = self._office.known["unit"]
        own, *others = (each for each in known if each.state == "active")
        if person is not None:
            unit = next(each for each in known if each.id == person.values["unit_id"])
        else:
            unit = self._rng.choice([
                each for each in others if not units or _speaks_of(each.values, units)
            ])  # fmt: skip
        staff = self._office.people_of(unit)
        person = person or self._rng.choice(staff[:3])
        head, clerk, *more = self._office.people_of(own)
        spare = more[-1] if more else head  # stands in where somebody is alone
        elsewhere = [each for each in others if each is not unit and each.fits(["government"])]
        handling = self._rng.choice([own, own, *elsewhere])
        handlers = self._office.people_of(handling)  # heads and the own people, who do not move
        scene.cast |= {
            "office": own,
            "unit": unit,
            "person": person,
            "stand_in": next((each for each in reversed(staff) if each is not person), spare),
            "handler_unit": handling,
            "handler": self._rng.choice(handlers if handling is own else handlers[:1]),
            "reviewer": head,
            "clerk": clerk,
        }
        scene.words |= self._words()

    def _words(self) -> dict[str, Any]:
        people = self._texts["people"]
        names = people["citizen_surnames"], people["given_names"]
        return {
            **{name: self._rng.choice(pool) for name, pool in self._texts["pools"].items()},
            "citizen": "".join(self._rng.choice(each) for each in names),
            "citizen_number": citizen_number(self._rng),
            "mobile": mobile(self._rng),
            "serial": f"{self._rng.randint(1, 9999):04d}",
            "count": self._rng.randint(12, 180),
        }


def _is_asked_for(entry: Mapping[str, Any], which: tuple[str, ...]) -> bool:
    if entry.get("apart"):
        return not set(which).isdisjoint(entry["tags"])
    return not which or _speaks_of(entry, which)


def _speaks_of(entry: Mapping[str, Any], words: Any) -> bool:
    told = {*entry.get("tags", ()), *(each for each in entry.values() if isinstance(each, str))}
    return not told.isdisjoint(words)

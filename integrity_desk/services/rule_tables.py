"""The rules this program decides by, as a page a legal officer can read (``integrity-desk rules``).

Each table is read from the same place the program decides by, so that the paper cannot say
anything else; each row has its clause and the days it is in force.
"""

from __future__ import annotations

from datetime import date

from integrity_desk import __version__
from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.clock_rules import Clock, every_clock
from integrity_desk.domain.delivery_rules import receipt_rule
from integrity_desk.domain.effects import DISPUTED, EFFECTS, Effect
from integrity_desk.domain.formulas import formulas
from integrity_desk.domain.integrity_files import Sanction, Severity
from integrity_desk.domain.integrity_terms import publication_periods, sanction_terms
from integrity_desk.domain.late_payment import statutory_rates
from integrity_desk.domain.measure_rules import measure_rules
from integrity_desk.domain.objections import Finding
from integrity_desk.domain.records import RecordType, type_named
from integrity_desk.domain.reports import Paragraph, Report, Section, Table
from integrity_desk.domain.sheets import Align, Column, Row
from integrity_desk.domain.warning_rules import commitment_warnings
from integrity_desk.services.time_rules import regions
from integrity_desk.wording import N_, _, in_chinese

_ENTERED = N_("登记")


def rules_pdf(made_on: date, *, bundled_fonts: bool = False) -> bytes:
    """Return every rule table as a PDF; no store is needed."""
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415  (lazy: reportlab)
    from integrity_desk.documents.reports import render_report  # noqa: PLC0415

    assert TYPES  # what the effects name is declared
    with in_chinese():
        return render_report(rules_report(made_on), Fonts(bundled_only=bundled_fonts))


def rules_report(made_on: date) -> Report:
    """Return the tables, in the language in force."""
    return Report(
        title=_("诚信台账所依据的规则"),
        subtitle=_("程序版本{version}　{day}").format(version=__version__, day=made_on),
        made_on=made_on,
        landscape=True,
        sections=(
            Section(blocks=(Paragraph(text=_introduction()),)),
            Section(heading=_("一、法定时限"), blocks=(_clocks(),)),
            Section(heading=_("二、公示期和信用修复"), blocks=(_publication(),)),
            Section(heading=_("三、处分期"), blocks=(_sanctions(),)),
            Section(
                heading=_("四、异议、修复、到期对记录和措施的影响"),
                blocks=(Paragraph(text=_effects_told()), _effects()),
            ),
            Section(
                heading=_("五、按规定可以采取的奖惩措施"),
                blocks=(Paragraph(text=_measures_told()), _measures()),
            ),
            Section(heading=_("六、逾期利息"), blocks=(_interest(),)),
            Section(heading=_("七、承诺预警"), blocks=(_warnings(),)),
            Section(heading=_("八、考核指标的算法"), blocks=(_formulas(),)),
            Section(heading=_("九、与县级往来"), blocks=(_delivery(),)),
        ),
    )


def _introduction() -> str:
    return _(
        "以下各表就是程序计算期限、判断能否办理时使用的数据。"
        "同一规则有几个版本的，按事项发生之日选用当日施行的版本；有地方规定的，地方规定优先。"
    )


def _clocks() -> Table:
    columns = (
        Column(heading=_("时限"), width=6),
        Column(heading=_("期限"), width=5),
        Column(heading=_("适用地区"), width=2.6, align=Align.CENTER),
        Column(heading=_("依据"), width=8),
        _in_force_column(),
    )
    names = {each.code: _(each.name) for each in regions()}
    rows = tuple(
        _row(
            _(each.name), _length(each), names.get(each.region, each.region),
            _(each.clause), in_force(each.effective_from, each.effective_until),
        )
        for each in every_clock()
    )  # fmt: skip
    return Table(columns=columns, rows=rows)


def _length(clock: Clock) -> str:
    told = [_("{length}{unit}").format(length=clock.length, unit=_(clock.unit.label))]
    if clock.extension:
        told.append(
            _("可延长{length}{unit}").format(length=clock.extension, unit=_(clock.unit.label))
        )
    if clock.suspended_by:
        pauses = _("、").join(_(each.label) for each in clock.suspended_by)
        told.append(_("{pauses}期间不计").format(pauses=pauses))
    return _("；").join(told)


def _publication() -> Table:
    columns = (
        Column(heading=_("失信程度"), width=2.6, align=Align.CENTER),
        Column(heading=_("是否公示"), width=2.2, align=Align.CENTER),
        Column(heading=_("最短公示期"), width=2.6, align=Align.CENTER),
        Column(heading=_("最长公示期"), width=2.6, align=Align.CENTER),
        Column(heading=_("依据"), width=11),
        _in_force_column(),
    )
    severities = {each.value: _(each.label) for each in Severity}
    rows = tuple(
        _row(
            severities[each.severity], _("公示") if each.published else _("不公示"),
            _months(each.least_months) if each.published else "—", _months(each.most_months),
            _(each.clause), in_force(each.effective_from, each.effective_until),
        )
        for each in publication_periods()
    )  # fmt: skip
    return Table(columns=columns, rows=rows)


def _sanctions() -> Table:
    columns = (
        Column(heading=_("处分种类"), width=2.6, align=Align.CENTER),
        Column(heading=_("处分期"), width=2.6, align=Align.CENTER),
        Column(heading=_("合并最长"), width=2.6, align=Align.CENTER),
        Column(heading=_("怎样解除"), width=4),
        Column(heading=_("依据"), width=9),
        _in_force_column(),
    )
    names = {each.value: _(each.label) for each in Sanction}
    rows = tuple(
        _row(
            names[sanction], _months(months), _months(term.combined_most),
            _("期满自动解除") if term.by_law else _("期满后作出解除决定"),
            _(term.clause), in_force(term.effective_from, None),
        )
        for term in sanction_terms()
        for sanction, months in term.terms.items()
    )  # fmt: skip
    return Table(columns=columns, rows=rows)


def _effects_told() -> str:
    return _("左边的事一经办理，右边的登记处在所列状态之一的，同日自动办理，写入各自的历史。")


def _effects() -> Table:
    columns = (
        Column(heading=_("办理什么"), width=5),
        Column(heading=_("影响什么"), width=2.6, align=Align.CENTER),
        Column(heading=_("当时状态"), width=4),
        Column(heading=_("自动办理"), width=3, align=Align.CENTER),
        Column(heading=_("写明的理由"), width=6),
        Column(heading=_("依据"), width=7),
        _in_force_column(3.2),
    )
    rows = tuple(
        _row(
            _cause(each), _(type_named(each.on).label), _states(each),
            _act(type_named(each.on), each.act), _(each.why), _(each.clause),
            in_force(each.effective_from, None),
        )
        for each in EFFECTS
    )  # fmt: skip
    return Table(columns=columns, rows=rows)


def _cause(effect: Effect) -> str:
    name, _dot, act = effect.cause.partition(".")
    act, _colon, finding = act.partition(":")
    declared = type_named(name)
    done = _("{type}：{act}").format(type=_(declared.label), act=_act(declared, act))
    if finding == DISPUTED:
        return _("{done}（异议尚在核实）").format(done=done)
    told = next((_(each.label) for each in Finding if each.value == finding), "")
    return _("{done}（{finding}）").format(done=done, finding=told) if told else done


def _act(declared: RecordType, act: str) -> str:
    steps = declared.life.steps if declared.life else ()
    return next((_(each.label) for each in steps if each.act == act), _(_ENTERED))


def _states(effect: Effect) -> str:
    life = type_named(effect.on).life
    assert life is not None
    return _("、").join(_(life.state(each).label) for each in effect.states)


def _measures_told() -> str:
    return _(
        "诚信记录生效后，程序按记录的决定日期列出下列措施，由经办人登记、登记人以外的复核员决定；"
        "主动纠正的可以从轻或者免予实施。程序不会自行决定。"
    )


def _measures() -> Table:
    columns = (
        Column(heading=_("措施"), width=5),
        Column(heading=_("对谁"), width=2.6, align=Align.CENTER),
        Column(heading=_("什么记录"), width=6),
        Column(heading=_("到何时"), width=3.6, align=Align.CENTER),
        Column(heading=_("依据"), width=10),
        _in_force_column(3.2),
    )
    rows = tuple(
        _row(
            _(each.measure.label), _("、").join(each.subject_labels), each.records_told,
            _(each.until.label), _(each.clause),
            in_force(each.effective_from, each.effective_until),
        )
        for each in measure_rules()
    )  # fmt: skip
    return Table(columns=columns, rows=rows)


def _interest() -> Table:
    columns = (
        Column(heading=_("适用"), width=5),
        Column(heading=_("利率"), width=3.4, align=Align.CENTER),
        Column(heading=_("依据"), width=10),
        _in_force_column(),
    )
    rows = tuple(
        _row(
            _(each.name), _("每日万分之{rate}").format(rate=each.daily_ten_thousandths),
            _(each.clause), in_force(each.effective_from, each.effective_until),
        )
        for each in statutory_rates()
    )  # fmt: skip
    return Table(columns=columns, rows=rows)


def _warnings() -> Table:
    rule = commitment_warnings()
    columns = (
        Column(heading=_("情形"), width=8),
        Column(heading=_("天数"), width=3, align=Align.CENTER),
        Column(heading=_("依据"), width=10),
        _in_force_column(),
    )
    since = in_force(rule.effective_from, None)
    rows = (
        _row(_("没有填写履行进展，满此天数提醒"), _days(rule.idle_days), _(rule.clause), since),
        _row(_("兑现期限临近，提前此天数提醒"), _days(rule.soon_days), _(rule.clause), since),
    )
    return Table(columns=columns, rows=rows)


def _delivery() -> Table:
    rule = receipt_rule()
    columns = (
        Column(heading=_("情形"), width=8),
        Column(heading=_("天数"), width=3, align=Align.CENTER),
        Column(heading=_("依据"), width=10),
        _in_force_column(),
    )
    row = _row(
        _("同步包带走后没有回执，超过此天数提醒"), _days(rule.days), _(rule.clause),
        in_force(rule.effective_from, None),
    )  # fmt: skip
    return Table(columns=columns, rows=(row,))


def _formulas() -> Table:
    columns = (
        Column(heading=_("指标"), width=4),
        Column(heading=_("怎样算"), width=9),
        Column(heading=_("满分和零分"), width=3.6, align=Align.CENTER),
        Column(heading=_("依据"), width=7),
        _in_force_column(3.2),
    )
    rows = tuple(
        _row(
            _(each.name), _(each.title),
            _("{full}得满分，{zero}得零分").format(
                full=f"{each.full:g}{each.sign}", zero=f"{each.zero:g}{each.sign}"
            ),
            _(each.clause), in_force(each.effective_from, None),
        )
        for each in formulas().values()
    )  # fmt: skip
    return Table(columns=columns, rows=rows)


def in_force(first: date | None, last: date | None) -> str:
    """Return the days a rule is in force: 2026-04-01起; without a first day it always was."""
    if first in (None, date.min):
        return _("至{last}").format(last=last) if last else _("一直适用")
    return (
        _("{first}至{last}").format(first=first, last=last)
        if last
        else _("{first}起").format(first=first)
    )


def _in_force_column(width: float = 5) -> Column:
    return Column(heading=_("施行日期"), width=width, align=Align.CENTER)


def _months(count: int) -> str:
    return _("{count}个月").format(count=count)


def _days(count: int) -> str:
    return _("{count}天").format(count=count)


def _row(*cells: str) -> Row:
    return Row(cells=cells, place=cells[0])

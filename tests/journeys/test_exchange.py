"""A bundle to the county and its receipt back."""

from __future__ import annotations


def test_what_the_county_received_shows_as_received(screen, start, office, county):
    county.enrol(office)
    office.registered_commitment(subject="十日内修复示例路路灯")
    program = start()
    program.sign_in("clerk")
    program.open("上报与回执")
    program.write_to(county.stick)
    program.pull_out()
    county.receive()
    (receipt,) = county.stick.glob("*-to-*.tsb")
    screen.click("导入回执…", "button")
    screen.keys("Down", "Return")
    program.name_file(receipt)
    screen.see("回执已导入", part=True)
    program.open("公开承诺")
    screen.keys("Down", "Return")
    screen.see("县级已接收", "label")
    assert program.leave() == 0

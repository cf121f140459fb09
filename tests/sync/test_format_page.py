import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
GIVES_CODE = {"BundleRefused": 0, "_not_as_signed": 0, "_same": 2}


def codes_in_program():
    for path in ROOT.glob("integrity_desk/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func).rpartition(".")[2]
                place = GIVES_CODE.get(name)
                if place is not None and len(node.args) > place:
                    given = node.args[place]
                    if isinstance(given, ast.Constant):
                        yield given.value


def test_the_format_page_lists_every_refusal_and_no_other():
    page = (ROOT / "docs" / "bundle-format.md").read_text(encoding="utf-8")
    table = page.partition("## 9. Refusals")[2].partition("## 10")[0]
    assert set(re.findall(r"^\| `([a-z_]+)` \|", table, re.MULTILINE)) == set(codes_in_program())


def test_the_format_page_lists_every_verdict():
    page = (ROOT / "docs" / "bundle-format.md").read_text(encoding="utf-8")
    source = (ROOT / "integrity_desk" / "county" / "examining.py").read_text(encoding="utf-8")
    given = set(re.findall(r'"((?:field|type|dot)\.[a-z_]+|conflict)"', source))
    table = page.partition("## 7. Receipts")[2].partition("## 8")[0]
    assert given <= set(re.findall(r"`([a-z_.]+)`", table))

"""The house rules: what holds for the repository as a whole."""

import ast
import configparser
import importlib.util
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from armsgraph.version import __version__

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "armsgraph"
MODULES = sorted(SOURCE.rglob("*.py"))
MAX_LINES = 400

# Written in parts, so that this file does not hold what it looks for.
REGISTRY_HOSTS = tuple(
    "".join(parts)
    for parts in (
        ("pypi", ".org"), ("python", "hosted"), ("registry.npm", "js"), ("deb.debian", ".org"), ("maven", ".org"),
        ("crates", ".io"), ("rubygems", ".org"),
    )
)  # fmt: skip
MACHINE_PATHS = re.compile(r"(?<![\w.:/~-])/(?:wo" r"rk|ho" r"me|ro" r"ot|Us" r"ers)/\w|\.\./sha" r"red")


def load_tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tracked_files() -> list[Path]:
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


# ---- code


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_files_are_short(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines < MAX_LINES, f"{lines} lines: look for the second idea in it"


def sort_key(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest: the order that the linter keeps."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def public_names(tree: ast.Module, *, is_package: bool) -> set[str]:
    """Names that a module defines, or that a package takes from its own modules."""
    names: set[str] = set()
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names.add(node.name)
            case ast.Assign(targets=targets):
                names |= {target.id for target in targets if isinstance(target, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case ast.ImportFrom(module=str(module), names=aliases) if is_package and module.startswith("armsgraph"):
                names |= {alias.asname or alias.name for alias in aliases}
    return {name for name in names if not name.startswith("_")}


def imported_names(tree: ast.Module) -> set[str]:
    imports = (node for node in tree.body if isinstance(node, ast.ImportFrom))
    return {alias.asname or alias.name for node in imports for alias in node.names}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_all_is_sorted_and_complete(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    is_package = path.name == "__init__.py"
    listed = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__"
    ]
    defined = public_names(tree, is_package=is_package)
    if path.name in ("__main__.py", "version.py"):
        return
    if not defined and not listed:
        return
    assert listed, "no __all__"
    names = listed[0]
    assert names == sorted(names, key=sort_key)
    assert len(names) == len(set(names))
    assert defined - set(names) == set(), "public names that are not in __all__"
    assert set(names) - defined - imported_names(tree) == set(), "names in __all__ that are not there"


def test_every_stage_stands_in_the_contract_of_layers() -> None:
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    named = set(re.findall(r"\w+", contract["importlinter:contract:layers"]["layers"]))
    there = {p.stem for p in SOURCE.iterdir() if (p.suffix == ".py" or (p / "__init__.py").exists())}
    assert there - named - {"__init__", "__main__"} == set()


# ---- versions and pins


def test_changelog_has_the_version() -> None:
    sections = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert sections[:2] == ["Unreleased", __version__]


def pinned_versions() -> dict[str, str]:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    return {canonicalize_name(n): v for n, v in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)}


def test_every_pin_has_a_hash() -> None:
    blocks = re.split(r"^(?=[\w.-]+==)", (ROOT / "constraints.txt").read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert blocks
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_pins_are_within_the_ranges_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
        *project["build-system"]["requires"],
    ]
    pins = pinned_versions()
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        assert name in pins, f"{name} is not pinned; run `make lock`"
        assert requirement.specifier.contains(pins[name]), f"{name} {pins[name]} is out of range; run `make lock`"


def test_constraints_name_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert [
        line for line in lines if "://" in line or line.lstrip().startswith(("-i", "--index", "--extra", "-f"))
    ] == []


# ---- files


def test_no_registry_host_and_no_machine_path_is_named() -> None:
    found = []
    for path in tracked_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if any(host in line for host in REGISTRY_HOSTS) or MACHINE_PATHS.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert found == []


def test_scripts_can_be_run() -> None:
    scripts = sorted((ROOT / ".ci").iterdir())
    assert [path.name for path in scripts] == ["check", "next-steps", "run", "stores", "tests", "validators", "wheel"]
    assert [path.name for path in scripts if not path.stat().st_mode & 0o111] == []


def test_every_data_file_is_described() -> None:
    path = SOURCE / "data" / "README.md"
    gaps = load_tool("describe_data").find_gaps(path.read_text("utf-8") if path.exists() else "")
    assert gaps == (), "run `python tools/describe_data.py` and fill in what it marks with ?"


def test_describing_data_keeps_what_people_wrote(tmp_path: Path) -> None:
    tool = load_tool("describe_data")
    (tmp_path / "a.tsv").write_text("name\tsource\nx\tus\ny\tus\n", "utf-8")
    (tmp_path / "b.yaml").write_text("# about it\n\nkey: value\n", "utf-8")
    first = tool.describe("", tmp_path)
    assert tool.find_gaps(first, tmp_path) == tuple(
        f"{name}: `{column}` is not filled in"
        for name in ("a.tsv", "b.yaml")
        for column in ("what", "source", "licence", "date")
    )
    filled = first.replace("?", r"ours \| theirs") + "\nWords below.\n"
    assert tool.find_gaps(filled, tmp_path) == ()
    (tmp_path / "a.tsv").write_text("name\tsource\nx\tus\n", "utf-8")
    (tmp_path / "b.yaml").unlink()
    (tmp_path / "c.tsv").write_text("name\tsource\n", "utf-8")
    assert tool.find_gaps(filled, tmp_path) == (
        "c.tsv: not in the table",
        "b.yaml: in the table, but there is no such file",
        "a.tsv: rows or SHA-256 are not those of the file",
    )
    again = tool.describe(filled, tmp_path)
    assert r"| `a.tsv` | ours \| theirs | ours \| theirs | ours \| theirs | ours \| theirs | 1 | `" in again
    assert "| `c.tsv` | ? | ? | ? | ? | 0 | `" in again
    assert "b.yaml" not in again
    assert again.endswith("\nWords below.\n")
    assert tool.describe(again, tmp_path) == again

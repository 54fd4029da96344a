"""The pictures of the documentation: drawn by the program, the same each time, and complete in themselves."""

import re
import xml.etree.ElementTree as ET

import pytest

from facilitator.documents.pictures.figures import files
from tests.docs.tables import ROOT
from tests.pictures.__main__ import example
from tests.pictures.camera import take
from tests.pictures.scenes import SCENES
from tests.pictures.svg import normalised

PICTURES = ROOT / "docs" / "pictures"
_SVG = "{http://www.w3.org/2000/svg}"


def test_there_is_a_picture_of_every_scene_and_no_other() -> None:
    assert {path.stem for path in PICTURES.iterdir()} == {scene.name for scene in SCENES}


@pytest.mark.parametrize("name", [scene.name for scene in SCENES])
def test_a_picture_is_whole_and_loads_nothing(name: str) -> None:
    text = (PICTURES / f"{name}.svg").read_text(encoding="utf-8")
    picture = ET.fromstring(text)
    assert picture.tag == f"{_SVG}svg"
    assert len(picture.findall(f".//{_SVG}text")) > 20
    assert "@font-face" not in text
    references = [value for element in picture.iter() for value in element.attrib.values()]
    references += [style.text or "" for style in picture.iter(f"{_SVG}style")]
    assert all(target.startswith("#") for each in references for target in re.findall(r"url\((.*?)\)", each))
    assert not any("//" in each for each in references)


def test_the_figures_are_those_of_the_worked_example() -> None:
    shown = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "figures").iterdir()}
    assert shown == files(example())


async def test_the_same_scene_gives_the_same_picture() -> None:
    scene = next(scene for scene in SCENES if scene.name == "timeline")
    assert await take(scene) == await take(scene)


def test_pictures_of_one_page_do_not_style_each_other() -> None:
    text = '<style>.terminal-123-r1 { fill: red }</style><text class="terminal-123-r1">x</text>'
    assert normalised(text, "home") == '<style>.home-r1 { fill: red }</style><text class="home-r1">x</text>\n'

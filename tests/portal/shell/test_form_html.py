"""A page whose form is filled in again: only the tags of its controls change."""

import re

import pytest

from plp.portal.shell.form_html import FormFilling

ADDRESS = "/a/"


def filled(page: str, typed: dict[str, list[str]], *, sent_to: str = ADDRESS, **faults: list[str]) -> str:
    return FormFilling(page, address=ADDRESS, sent_to=sent_to, typed=typed).render(summary="", faults=faults)


@pytest.mark.parametrize(
    ("drawn", "again"),
    [
        ('<input name="x" value="old">', '<input name="x" value="a &amp; &quot;b&quot;">'),
        ('<textarea name="x">\nold &lt;</textarea>', '<textarea name="x">\na &amp; &quot;b&quot;</textarea>'),
        ('<input type="hidden" name="x" value="old">', '<input type="hidden" name="x" value="old">'),
        ('<input type="password" name="x">', '<input type="password" name="x">'),
        ('<input type="file" name="x">', '<input type="file" name="x">'),
    ],
)
def test_a_control_gets_what_was_typed(drawn: str, again: str) -> None:
    page = f'<p>x</p>\n<form method="post">{drawn}</form>'

    assert filled(page, {"x": ['a & "b"']}) == f'<p>x</p>\n<form method="post">{again}</form>'


def test_ticks_and_choices_are_those_that_were_sent() -> None:
    page = (
        '<form method="post"><input type="checkbox" name="a" value="1" checked>'
        '<input type="checkbox" name="a" value="2">'
        '<select name="b"><option value="">-</option><option value="k" selected>K</option></select></form>'
    )

    assert filled(page, {"a": ["2"], "b": [""]}) == (
        '<form method="post"><input type="checkbox" name="a" value="1">'
        '<input type="checkbox" name="a" value="2" checked>'
        '<select name="b"><option value="" selected>-</option><option value="k">K</option></select></form>'
    )


def test_of_several_forms_the_one_that_was_sent_is_filled() -> None:
    row = '<form method="post" action="/a/n/"><input type="hidden" name="r" value="{}"><input name="x" value=""></form>'
    page = row.format(1) + row.format(2) + '<form method="post"><input name="x" value=""></form>'

    found = filled(page, {"r": ["2"], "x": ["word"]}, sent_to="/a/n/")

    assert found == page.replace(row.format(2), row.format(2).replace('name="x" value=""', 'name="x" value="word"'))


def test_each_of_several_values_of_one_name_finds_its_place() -> None:
    page = '<form method="post"><input name="x"><input name="x"></form>'

    assert filled(page, {"x": ["one", "two"]}) == (
        '<form method="post"><input name="x" value="one"><input name="x" value="two"></form>'
    )


def test_a_control_belongs_to_the_form_that_it_names() -> None:
    page = '<form method="post"><input name="x" form="other"></form>'
    page += '<input name="y" form="own"><form id="own" method="post"></form>'

    assert filled(page, {"y": ["word"]}).count('value="word"') == 1
    assert filled(page, {"x": ["word"]}).count('value="word"') == 0


def test_a_fault_stands_at_its_field() -> None:
    page = '<form method="post"><input name="x" id="id_x"></form>'

    assert filled(page, {"x": ["word"]}, x=["Too long."]) == (
        '<form method="post"><ul class="errorlist" id="id_x_error"><li>Too long.</li></ul>'
        '<input name="x" id="id_x" value="word" aria-invalid="true" aria-describedby="id_x_error"></form>'
    )


def test_what_is_folded_away_around_a_fault_opens() -> None:
    fold = '<details class="d"><summary>s</summary>{}</details>'
    other = fold.format("<p>w</p>")
    page = other + fold.format(
        '<form method="post"><input name="x">' + fold.format('<input name="y" id="y">') + "</form>"
    )

    of_the_act, of_a_field = filled(page, {"x": ["a"]}), filled(page, {"x": ["a"]}, y=["No."])

    assert (of_the_act.count("<details"), of_the_act.count('<details class="d" open>')) == (3, 1)
    assert of_the_act.startswith(f'{other}<details class="d" open><summary>s</summary><form')
    assert of_a_field.count('<details class="d" open>') == 2


def test_what_has_no_control_is_told() -> None:
    filling = FormFilling("<form method='post'></form>", address=ADDRESS, sent_to=ADDRESS, typed={"x": ["word", " "]})

    assert filling.unplaced_values() == ["word"]


@pytest.mark.parametrize(
    ("drawn", "label"),
    [
        ('<label for="a">What &amp; when <span>(optional)</span></label><input name="x" id="a">', "What & when"),
        ('<input type="checkbox" name="x" id="a"><label for="a">I agree</label>', "I agree"),
        (
            '<legend>Other</legend><legend>Which</legend><input type="radio" name="x" id="a" value="1">'
            '<label for="a">This</label><input type="radio" name="x" id="b" value="2">',
            "Which",
        ),
        ('<label for="b">Other</label><input name="x" id="a">', ""),
        ('<input type="hidden" name="x">', ""),
    ],
)
def test_a_field_is_called_as_its_page_calls_it(drawn: str, label: str) -> None:
    filling = FormFilling(f'<form method="post">{drawn}</form>', address=ADDRESS, sent_to=ADDRESS, typed={})

    assert filling.label_words("x") == label


def test_folds_around_a_refused_form_and_its_faults_are_unfolded() -> None:
    page = (
        '<details class="a"><form method="post" action="/b/"><input name="y"></form></details>'
        '<details class="b"><details class="c"></details><form method="post">'
        '<details class="d"><input name="x" id="x"></details><details class="e"><input name="z"></details>'
        "</form></details>"
    )

    again = filled(page, {"x": ["1"], "z": ["2"]}, x=["Not this."])

    assert re.findall(r'<details class="(.)" open>', again) == ["b", "d"]
    assert re.findall(r'<details class="(.)">', again) == ["a", "c", "e"]

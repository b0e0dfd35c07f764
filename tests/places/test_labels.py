from plp.places.rules.labels import MOST_NAMED, label_positions_beside_dots


def test_a_name_stands_below_its_dot_or_above_it_or_nowhere() -> None:
    places = label_positions_beside_dots([((500, 300), "Haren"), ((500, 380), "Evere"), ((500, 760), "Malmedy")], 800)

    assert places == [(500, 266), (500, 440), (500, 726)]


def test_of_dots_in_one_place_the_shortest_names_are_shown() -> None:
    heap = [((990, 300), "Malmedy, commerces"), ((992, 301), "Malmedy"), ((994, 302), "Malmedy, gare")]

    places = label_positions_beside_dots(heap, 800)

    assert [place is not None for place in places] == [False, True, True]


def test_a_name_stays_on_the_picture() -> None:
    assert label_positions_beside_dots([((990, 300), "Malmedy")], 800) == [(912.5, 360)]


def test_a_heap_of_dots_has_no_names() -> None:
    assert label_positions_beside_dots([((20 * n, 300), "A") for n in range(MOST_NAMED + 1)], 800) == [None] * (
        MOST_NAMED + 1
    )

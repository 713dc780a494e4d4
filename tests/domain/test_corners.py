from planner.domain.rooms.corners import Corner, corner_faults, proposed_corners


def test_four_professions_fit_and_empty_corners_are_fine():
    assert corner_faults("Zorg", [Corner(profession="kok"), Corner(), Corner(), Corner(person_id="a")]) == ()


def test_fifth_profession_is_refused():
    [fault] = corner_faults("Zorg", [Corner(profession=f"beroep {n}") for n in range(5)])

    assert fault == (
        "Zorg: 5 beroepen is te veel. Een loopbaanlokaal heeft vier hoeken, dus hooguit vier beroepen. "
        "Verdeel de rest over een tweede lokaal."
    )


def test_profession_or_person_twice_is_refused():
    assert corner_faults(
        "Zorg", [Corner(profession="Kok", person_id="a"), Corner(profession="kok", person_id="a")]
    ) == (
        "Zorg: een beroep staat er twee keer. Laat een hoek leeg of kies een ander beroep.",
        "Zorg: iemand staat in twee hoeken tegelijk. Laat bij één hoek de naam leeg.",
    )


def test_who_comes_first_gets_a_corner():
    guests = [(f"p{n}", f"beroep {n}") for n in range(6)]

    assert [corner.person_id for corner in proposed_corners(guests)] == ["p0", "p1", "p2", "p3"]

from planner.services.rooms import roomspage
from planner.services.state import load_state


def test_rooms_are_in_the_order_of_the_school(workspace):
    assert [room.id for room in roomspage.rooms(workspace)] == [room.id for room in load_state(workspace).rooms]


def test_room_shows_what_it_has_and_at_how_many_events_it_is_used(workspace):
    hall = next(room for room in roomspage.rooms(workspace) if room.id == "r-hal")

    evenings = [
        event for event in load_state(workspace).events if load_state(workspace).room_uses.get(event.planned.id)
    ]
    assert (hall.name, hall.capacity, hall.features, hall.events, hall.floor, hall.width, hall.depth) == (
        "Centrale hal",
        160,
        ("geluid", "hal", "rolstoel", "tafels"),
        len(evenings),
        0,
        12.6,
        14.0,
    )

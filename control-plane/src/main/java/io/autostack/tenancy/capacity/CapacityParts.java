package io.autostack.tenancy.capacity;

import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.Formats;
import io.autostack.ui.parts.Tone;
import io.autostack.ui.tenancy.RoomRow;
import java.math.BigDecimal;
import java.util.List;

/// Capacity as part of pages.
public final class CapacityParts {

    private CapacityParts() {}

    public static List<RoomRow> rows(Capacity capacity) {
        return capacity.rooms().stream()
                .map(room -> new RoomRow(
                        room.title(),
                        amount(room.used(), room.unit()),
                        amount(room.limit(), room.unit()),
                        amount(room.free(), room.unit()),
                        amount(room.wanted(), room.unit()),
                        state(room)))
                .toList();
    }

    private static Badge state(Capacity.Room room) {
        if (room.enough()) return new Badge("room", Tone.GOOD);
        return room.hard() ? new Badge("full", Tone.BAD) : new Badge("more promised than there is", Tone.WARN);
    }

    public static String amount(long amount, String unit) {
        return unit.equals("bytes") ? Formats.bytes(amount) : Formats.number(BigDecimal.valueOf(amount));
    }
}

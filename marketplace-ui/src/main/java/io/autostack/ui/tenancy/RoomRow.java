package io.autostack.ui.tenancy;

import io.autostack.ui.parts.Badge;

/// Something that runs out as tenants are added, as a row; the amounts are written out with their unit.
public record RoomRow(String title, String used, String limit, String free, String wanted, Badge state) {}

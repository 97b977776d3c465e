package io.autostack.provisioning.cloud.local;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The addresses out of which networks of tenants are cut, all of one size. The engine's own pools end after some
/// thirty networks.
///
/// @param whole all of it
record AddressRange(Subnet whole) {

    /// 29 containers, and the network's own three addresses.
    static final int NETWORK_BITS = 27;

    private static final int FEWEST_BITS = 8;
    private static final Pattern CIDR = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

    /// Addresses that begin with the same bits.
    record Subnet(int first, int bits) {

        static Optional<Subnet> parse(String cidr) {
            var parts = CIDR.matcher(cidr);
            if (!parts.matches()) return Optional.empty();
            int address = 0;
            for (int i = 1; i <= 4; i++) {
                int part = Integer.parseInt(parts.group(i));
                if (part > 255) return Optional.empty();
                address = (address << 8) | part;
            }
            int bits = Integer.parseInt(parts.group(5));
            return bits > 32 ? Optional.empty() : Optional.of(new Subnet(address & mask(bits), bits));
        }

        private static int mask(int bits) {
            return bits == 0 ? 0 : -1 << (32 - bits);
        }

        boolean overlaps(Subnet other) {
            int mask = mask(Math.min(bits, other.bits));
            return (first & mask) == (other.first & mask);
        }

        /// The machine's own address in it.
        String gateway() {
            return text(first + 1);
        }

        /// Where nobody ever is.
        String nowhere() {
            return text(first + (1 << (32 - bits)) - 2);
        }

        private static String text(int address) {
            return (address >>> 24) + "." + ((address >>> 16) & 255) + "." + ((address >>> 8) & 255) + "."
                    + (address & 255);
        }

        @Override
        public String toString() {
            return text(first) + "/" + bits;
        }
    }

    /// @throws IllegalStateException when it is no range of IPv4 addresses, or too small or large a one
    static AddressRange parse(String cidr) {
        return Subnet.parse(cidr)
                .filter(whole -> whole.bits() >= FEWEST_BITS && whole.bits() <= NETWORK_BITS)
                .map(AddressRange::new)
                .orElseThrow(() -> new IllegalStateException("autostack.cloud.local.container-range is " + cidr
                        + "; it must be a range of IPv4 addresses from /" + FEWEST_BITS + " to /" + NETWORK_BITS
                        + ", such as 10.231.0.0/16"));
    }

    /// A network that overlaps none of the others; each tenant begins to look somewhere else, so that two who look at
    /// the same moment seldom meet.
    Optional<Subnet> free(UUID tenant, Collection<Subnet> taken) {
        int networks = 1 << (NETWORK_BITS - whole.bits());
        int start = Math.floorMod(tenant.hashCode(), networks);
        var near = taken.stream().filter(whole::overlaps).toList();
        return IntStream.range(0, networks)
                .map(i -> (start + i) % networks)
                .mapToObj(i -> new Subnet(whole.first() + (i << (32 - NETWORK_BITS)), NETWORK_BITS))
                .filter(candidate -> isFree(candidate, near))
                .findFirst();
    }

    private boolean isFree(Subnet candidate, List<Subnet> taken) {
        return taken.stream().noneMatch(candidate::overlaps);
    }
}

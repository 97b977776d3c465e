package io.autostack.provisioning.cloud;

import java.util.List;
import java.util.Optional;

/// What people read where it depends on the cloud: pages and hints take their words from here. One for each driver.
///
/// @param onboarding what a new tenant gets
/// @param simulates whether what cannot be built is marked as simulated; otherwise it is refused
/// @param warning what everybody should know before they rely on this installation; empty when nothing
public record CloudDescription(
        Onboarding onboarding,
        Server server,
        Room room,
        Hints hints,
        Price price,
        Limits limits,
        boolean simulates,
        Optional<String> warning) {

    /// What a thing of that kind is called.
    public String noun(ObservedResource.Kind kind) {
        return kind == ObservedResource.Kind.CLUSTER ? server.noun() : kind.word();
    }

    /// How a tenant is let in.
    ///
    /// @param duration how long that takes, as a sentence
    /// @param placements where its database can be; with one there is nothing to choose
    public record Onboarding(String duration, List<PlacementChoice> placements) {

        public Onboarding {
            placements = List.copyOf(placements);
        }
    }

    /// A place for a database.
    ///
    /// @param placement empty when nothing in particular is asked for
    public record PlacementChoice(Optional<Placement> placement, String title, String text) {}

    /// A server of a tenant's own.
    ///
    /// @param noun what it is called, in lower case where a name allows it
    /// @param silent what to do about one that does not answer; `{server}` stands for its name
    /// @param missing what to do about one that is not there, likewise
    public record Server(String noun, String silent, String missing) {

        public String silent(String server) {
            return silent.replace("{server}", server);
        }

        public String missing(String server) {
            return missing.replace("{server}", server);
        }
    }

    /// How much more there is room for.
    ///
    /// @param unknown said at sign-up when nobody knows
    /// @param unknownForMove what to do when nobody knows whether the copies of a move have room
    /// @param planning heading over the defaults of AWS
    /// @param planningHelp what they have to do with this installation
    public record Room(String unknown, String unknownForMove, String planning, String planningHelp) {}

    /// Where to look when a step is in trouble.
    ///
    /// @param log what says more about every step
    /// @param container what shows a container itself, as half a sentence
    /// @param database what shows what a database said, likewise
    public record Hints(String log, String container, String database) {}

    /// What stands around the amount that an operation's work costs.
    public record Price(String before, String after) {}

    /// What this driver does not do.
    ///
    /// @param replay why restored data are as old as their backup
    /// @param copies what becomes of a plan that scales to several containers; empty when they all run
    /// @param domains why a domain of the tenant's own leads nowhere; empty when it leads to the tenant
    /// @param buckets why a stack with a bucket is not taken, as a half sentence; empty when it is
    public record Limits(String replay, Optional<String> copies, Optional<String> domains, Optional<String> buckets) {}
}

package io.autostack.provisioning.cloud.local;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.ObservedResource;
import io.autostack.provisioning.cloud.local.AddressRange.Subnet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Two networks for each tenant. On the first its containers find each other; the machine has no address there. The
/// second is for those that publish a port: the machine alone reaches them there, and their way out leads nowhere.
final class TenantNetworks {

    private static final Logger LOG = Logger.getLogger(TenantNetworks.class);
    private static final String NAME = "autostack-";
    private static final String PUBLISHED = "-published";
    private static final int MAX_TRIES = 20;

    private final Engine engine;
    private final AddressRange range;

    TenantNetworks(Engine engine, AddressRange range) {
        this.engine = engine;
        this.range = range;
    }

    /// No range that networks can be cut from has room for one more.
    static final class NoRoom extends RuntimeException {
        private final String words;

        NoRoom(String words) {
            super(words);
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    static String inner(UUID tenant) {
        return NAME + tenant;
    }

    static String published(UUID tenant) {
        return NAME + tenant + PUBLISHED;
    }

    /// @param name [#inner] or [#published] of the tenant
    void ensure(UUID tenant, String name) {
        if (of(tenant).stream().anyMatch(network -> name.equals(network.getName()))) return;
        var taken = new ArrayList<Subnet>(HostRoutes.inside(range.whole()));
        taken.addAll(engine.ask("all-networks", TenantNetworks::subnets));
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            var subnet = range.free(tenant, taken)
                    .orElseThrow(() -> new NoRoom("No network is free in " + range.whole()
                            + ". Give autostack.cloud.local.container-range a larger one, then retry."));
            try {
                engine.change("network:" + name, client -> create(client, tenant, name, subnet));
                return;
            } catch (ConflictException e) {
                LOG.debugf("network %s is there already", name);
                return;
            } catch (DockerException e) {
                if (!String.valueOf(e.getMessage()).contains("overlaps")) throw e;
                taken.add(subnet);
            }
        }
        throw new NoRoom("Somebody else takes every network of " + range.whole() + " that is tried. Retry later.");
    }

    /// On the tenant's inner network; one that publishes a port is made on the other. What the engine did late, for
    /// somebody who no longer waited, is done.
    ///
    /// @param known what was seen of the container, which may have changed since
    void connect(UUID tenant, InspectContainerResponse known) {
        var inner = inner(tenant);
        if (ContainerShape.networks(known).contains(inner)) return;
        try {
            engine.change(
                    "connect:" + known.getId(),
                    client -> client.connectToNetworkCmd()
                            .withContainerId(known.getId())
                            .withNetworkId(inner)
                            .exec());
        } catch (DockerException e) {
            var now = engine.ask(
                    "inspect:" + known.getId(),
                    client -> client.inspectContainerCmd(known.getId()).exec());
            if (!ContainerShape.networks(now).contains(inner)) throw e;
            LOG.debugf("container %s is on network %s already", known.getId(), inner);
        }
    }

    private static void create(DockerClient client, UUID tenant, String name, Subnet subnet) {
        var isPublished = name.endsWith(PUBLISHED);
        client.createNetworkCmd()
                .withName(name)
                .withDriver("bridge")
                .withCheckDuplicate(true)
                .withInternal(!isPublished)
                .withEnableIpv6(false)
                .withAttachable(false)
                .withLabels(Map.of(Containers.LABEL_MANAGED, "true", Containers.LABEL_TENANT, tenant.toString()))
                .withIpam(new Network.Ipam().withConfig(new Addresses(subnet, isPublished)))
                .withOptions(
                        isPublished
                                ? Map.of(
                                        "com.docker.network.bridge.enable_ip_masquerade", "false",
                                        "com.docker.network.bridge.enable_icc", "false",
                                        "com.docker.network.bridge.host_binding_ipv4", "127.0.0.1")
                                : Map.of("com.docker.network.bridge.inhibit_ipv4", "true"))
                .exec();
    }

    /// What the client has no words for: the router of a published container is an address where nobody is, so that
    /// it reaches nothing beyond its own network, whatever the machine would forward.
    private static final class Addresses extends Network.Ipam.Config {

        private static final long serialVersionUID = 1;

        @JsonProperty("AuxiliaryAddresses")
        private final HashMap<String, String> auxiliary = new HashMap<>();

        Addresses(Subnet subnet, boolean published) {
            withSubnet(subnet.toString()).withGateway(subnet.gateway());
            if (published) auxiliary.put("DefaultGatewayIPv4", subnet.nowhere());
        }
    }

    private static List<Subnet> subnets(DockerClient client) {
        return client.listNetworksCmd().exec().stream()
                .flatMap(network -> Optional.ofNullable(network.getIpam()).map(Network.Ipam::getConfig).stream()
                        .flatMap(List::stream))
                .flatMap(config -> Optional.ofNullable(config.getSubnet()).flatMap(Subnet::parse).stream())
                .toList();
    }

    private List<Network> of(UUID tenant) {
        return engine.ask(
                "networks:" + tenant,
                client -> client.listNetworksCmd()
                        .withFilter("label", List.of(Containers.LABEL_TENANT + "=" + tenant))
                        .exec());
    }

    List<String> names(UUID tenant) {
        return of(tenant).stream().map(Network::getName).sorted().toList();
    }

    /// With whatever is still on it; the engine takes no network away that something running is on.
    Outcome remove(UUID tenant, String name) {
        var ids = of(tenant).stream()
                .filter(network -> name.equals(network.getName()))
                .map(Network::getId)
                .toList();
        for (var id : ids)
            try {
                engine.change(
                        "remove-network:" + id,
                        client -> client.removeNetworkCmd(id).exec());
            } catch (NotFoundException e) {
                LOG.debugf("network %s is gone already", name);
            } catch (DockerException e) {
                return new Outcome.Failed("The network " + name + " could not be removed: " + Engine.words(e)
                        + ". Take off what is on it, then retry.");
            }
        return Outcome.done(Map.of("network", name, "removed", ids.isEmpty() ? "was not there" : "yes"));
    }

    /// After a tenant's last container. What somebody uses by now stays.
    void removeUnused(UUID tenant) {
        for (var name : names(tenant))
            if (remove(tenant, name) instanceof Outcome.Failed(var reason)) LOG.debugf("left alone: %s", reason);
    }

    List<ObservedResource> all() {
        return engine
                .ask(
                        "tenants-networks",
                        client -> client.listNetworksCmd()
                                .withFilter("label", List.of(Containers.LABEL_TENANT))
                                .exec())
                .stream()
                .map(network -> new ObservedResource(
                        ObservedResource.Kind.NETWORK,
                        network.getName(),
                        LocalInventory.uuid(network.getLabels().get(Containers.LABEL_TENANT)),
                        Map.of()))
                .toList();
    }
}

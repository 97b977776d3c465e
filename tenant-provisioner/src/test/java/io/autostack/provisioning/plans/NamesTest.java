package io.autostack.provisioning.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class NamesTest {

    private final UUID tenant = UUID.fromString("019acb62-7a7b-7c3a-9d52-0123456789ab");
    private final UUID change = UUID.fromString("ffffffff-ffff-7fff-bfff-ffffffffffff");

    @Test
    void a_database_is_called_after_its_tenants_id() {
        assertThat(Names.database(tenant)).isEqualTo("tenant_019acb627a7b7c3a9d520123456789ab");
    }

    @Test
    void a_copy_of_a_copy_has_one_number() {
        var copy = Names.copy(Names.database(tenant), tenant);

        assertThat(copy).isEqualTo("tenant_019acb627a7b7c3a9d520123456789ab__1164413355");
        assertThat(Names.copy(copy, change)).isEqualTo("tenant_019acb627a7b7c3a9d520123456789ab__4294967295");
        assertThat(Names.copy("tenant_acme", change)).isEqualTo("tenant_acme__4294967295");
    }

    @Test
    void a_copys_second_login_fits() {
        assertThat(Names.copy(Names.database(tenant), change) + "-b").hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void a_snapshot_is_called_after_its_id() {
        assertThat(Names.snapshot(tenant)).matches("snapshot_[a-z0-9_]{1,54}");
    }

    @Test
    void people_call_an_apps_database_after_the_app() {
        assertThat(Names.appLabel("web-shop", "database")).isEqualTo("web_shop");
        assertThat(Names.appLabel("web-shop", "read-model")).isEqualTo("web_shop__read_model");
    }

    @Test
    void databases_of_an_app_are_numbered_from_the_second_on_and_fit() {
        var databases = Names.appDatabases(Names.copy(Names.database(tenant), change), change);

        assertThat(databases).isEqualTo("tenant_019acb627a7b7c3a9d520123456789ab__affffffffffff");
        assertThat(Names.appDatabase(databases, 1)).isEqualTo(databases);
        assertThat(Names.appDatabase(databases, 2)).isEqualTo(databases + "_2");
        assertThat(Names.appDatabase(databases, 50)).hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void a_copy_of_an_app_that_ends_in_digits_keeps_them() {
        assertThat(Names.copy("tenant_acme__shop2", change)).isEqualTo("tenant_acme__shop2__4294967295");
    }

    @Test
    void secrets_and_containers_are_called_after_slugs_that_cannot_be_mixed_up() {
        assertThat(Names.databaseSecret("acme")).isEqualTo("tenants/acme/database");
        assertThat(Names.copySecret("acme", change)).isEqualTo("tenants/acme/database/4294967295");
        assertThat(Names.appSecret("acme", "shop", "web")).isEqualTo("tenants/acme/apps/shop/web");
        assertThat(Names.container("a-b", "c", "web")).isEqualTo("autostack-a-b--c--web");
        assertThat(Names.container("a", "b-c", "web")).isNotEqualTo(Names.container("a-b", "c", "web"));
    }
}

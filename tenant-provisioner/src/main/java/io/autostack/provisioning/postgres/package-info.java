/// The PostgreSQL half of every driver: databases with their owner roles and logins, the tenants' schema, copies,
/// exports, fingerprints and repair, on whichever servers a driver has ([TenantServers]).
@NullMarked
package io.autostack.provisioning.postgres;

import org.jspecify.annotations.NullMarked;

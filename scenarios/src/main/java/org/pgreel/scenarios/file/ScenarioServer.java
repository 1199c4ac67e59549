package org.pgreel.scenarios.file;

import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.replay.play.ServerSettings;

/**
 * What holds around a scenario's connections.
 *
 * @param auth how {@code use login} lets clients in
 * @param tls whether {@code use startup} answers SSLRequest with {@code S}
 * @param certificate what the server shows in the handshake
 * @param version the {@code server_version} that it reports
 * @param maxConnections how many clients may be connected at a time
 * @param occupied how many of those places others take
 * @param reserved how many of them are kept for the superuser
 * @param recovery how many logins are refused before the server is up
 * @param standby whether it is a standby
 */
public record ScenarioServer(
        AuthenticationMethod auth,
        boolean tls,
        Certificate certificate,
        String version,
        int maxConnections,
        int occupied,
        int reserved,
        int recovery,
        boolean standby) {
    /** The server of a scenario that says nothing of it: that of {@link ServerSettings#DEFAULTS}. */
    public static final ScenarioServer DEFAULTS = new ScenarioServer(
            ServerSettings.DEFAULTS.authentication(),
            ServerSettings.DEFAULTS.tls(),
            Certificate.VALID,
            ServerSettings.DEFAULTS.version(),
            ServerSettings.DEFAULTS.maxConnections(),
            ServerSettings.DEFAULTS.occupied(),
            ServerSettings.DEFAULTS.reserved(),
            ServerSettings.DEFAULTS.recovery(),
            ServerSettings.DEFAULTS.standby());

    /**
     * Returns the settings of a scripted server; the certificate is none of them.
     *
     * <p>The password is that of {@link ServerSettings#DEFAULTS}; a run takes one of its own by
     * {@link ServerSettings#withAuthentication}.
     */
    public ServerSettings settings() {
        return ServerSettings.DEFAULTS
                .withAuthentication(auth, ServerSettings.DEFAULTS.password())
                .withTls(tls)
                .withVersion(version)
                .withConnections(maxConnections, occupied, reserved)
                .withRecovery(recovery)
                .withStandby(standby);
    }
}

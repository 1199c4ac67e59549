package org.pgreel.client;

import java.util.Map;
import java.util.Set;
import org.pgreel.client.connect.ConnectParameters;
import org.pgreel.client.connect.ConnectionStringException;
import org.pgreel.client.connect.Keyword;

/**
 * The parameters of libpq that this client does not have: each with the values that ask for nothing, and the reason.
 *
 * <p>One that would protect the user is refused, because to pass over it would protect nobody.
 */
final class UnsupportedParameters {

    private record Refusal(Set<String> harmless, String reason) {}

    private static final Map<Keyword, Refusal> REFUSALS = Map.ofEntries(
            Map.entry(
                    Keyword.SSLCOMPRESSION,
                    new Refusal(Set.of("0"), "TLS compression is unsafe and gone from TLS 1.3")),
            Map.entry(Keyword.REQUIREPEER, refused("the sockets that are used here do not tell who has the other end")),
            Map.entry(
                    Keyword.GSSENCMODE,
                    new Refusal(Set.of("disable", "prefer"), "there is no GSSAPI encryption; use TLS")),
            Map.entry(Keyword.GSSDELEGATION, new Refusal(Set.of("0"), "there is no GSSAPI login")),
            Map.entry(Keyword.SCRAM_CLIENT_KEY, refused("a login needs the password; keys alone are not taken")),
            Map.entry(Keyword.SCRAM_SERVER_KEY, refused("a login needs the password; keys alone are not taken")),
            Map.entry(Keyword.SSLKEYLOGFILE, refused("the keys of TLS are not written; record the session instead")));

    private UnsupportedParameters() {}

    private static Refusal refused(String reason) {
        return new Refusal(Set.of(), reason);
    }

    /**
     * Refuses what this client does not do.
     *
     * @throws ConnectionStringException names the parameter and says why
     */
    static void refuse(ConnectParameters parameters) {
        REFUSALS.forEach((keyword, refusal) -> parameters.value(keyword).ifPresent(value -> {
            if (!refusal.harmless().contains(value)) {
                throw new ConnectionStringException(keyword.word() + " is not supported: " + refusal.reason());
            }
        }));
    }
}

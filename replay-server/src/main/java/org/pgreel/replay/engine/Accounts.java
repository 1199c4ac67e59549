package org.pgreel.replay.engine;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may log in to a replay, and with which password. To a user who may not it says what it says to one who may, up to the
 * refusal, which is that of a wrong password.
 */
final class Accounts {
    private static final int SECRET_BYTES = 16;

    private final Map<String, String> users;
    private final @Nullable String anyone;
    private final byte[] secret;

    /**
     * @param users the passwords of the users who may log in, by name
     * @param anyone the password of all others; null if they may not log in
     */
    Accounts(Map<String, String> users, @Nullable String anyone, Entropy entropy) {
        this.users = Map.copyOf(users);
        this.anyone = anyone;
        this.secret = entropy.bytes(SECRET_BYTES);
    }

    Account of(String user) {
        String password = users.getOrDefault(user, anyone);
        // A password that nobody knows, and is the same each time.
        return password == null
                ? new Account(user, HexFormat.of().formatHex(secret) + user, false)
                : new Account(user, password, true);
    }

    /** Returns what tells users apart that have no password: the same for the same user, and known to nobody. */
    byte[] secretOf(String user) {
        byte[] name = user.getBytes(StandardCharsets.UTF_8);
        byte[] both = new byte[secret.length + name.length];
        System.arraycopy(secret, 0, both, 0, secret.length);
        System.arraycopy(name, 0, both, secret.length, name.length);
        return both;
    }

    Map<String, String> users() {
        return users;
    }

    @Nullable
    String anyone() {
        return anyone;
    }
}

package org.pgreel.scenarios.check;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where and as whom a client is to connect in one run, and what it is to ask there. Immutable.
 *
 * @param host in numbers
 * @param port the port
 * @param user the role
 * @param password made for this run alone, so that it is known again wherever it turns up
 * @param database the database
 * @param sslmode libpq's word
 * @param channelBinding libpq's word
 * @param requireAuth libpq's list of methods; "" for any
 * @param statements what it is to ask, in order
 */
public record CaseLogin(
        String host,
        int port,
        String user,
        String password,
        String database,
        String sslmode,
        String channelBinding,
        String requireAuth,
        List<String> statements) {
    /** Copies the list. */
    public CaseLogin {
        statements = List.copyOf(statements);
    }

    /** Returns the address as a URI of libpq, without the password. */
    public String url() {
        return "postgresql://" + encoded(user) + "@" + host + ":" + port + "/" + encoded(database) + "?sslmode="
                + sslmode;
    }

    /** Returns the address as a URL of JDBC, without the password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + encoded(database) + "?user=" + encoded(user)
                + "&sslmode=" + sslmode;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return url();
    }
}

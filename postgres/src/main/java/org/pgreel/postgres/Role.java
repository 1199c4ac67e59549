package org.pgreel.postgres;

import java.util.Objects;

/**
 * A login role of the server, with the method by which it has to prove who it is.
 *
 * @param name the role's name
 * @param password its password, stored in the form that the method needs
 * @param method what the server asks of it
 */
public record Role(String name, String password, AuthMethod method) {

    /** Refuses what cannot stand in a line of {@code pg_hba.conf} or in one SQL command. */
    public Role {
        Objects.requireNonNull(method, "method");
        if (name.isEmpty() || !isOneLine(name) || name.indexOf('"') >= 0) {
            throw new IllegalArgumentException("a role's name is one line without double quotes");
        }
        if (!isOneLine(password)) {
            throw new IllegalArgumentException("the password of role " + name + " is not one line");
        }
    }

    private static boolean isOneLine(String text) {
        return text.chars().noneMatch(c -> c == '\n' || c == '\r' || c == 0);
    }

    /** Returns the role without its password. */
    @Override
    public String toString() {
        return "Role[" + name + ", " + method.hba() + "]";
    }
}

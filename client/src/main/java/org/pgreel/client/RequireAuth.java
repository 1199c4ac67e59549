package org.pgreel.client;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which authentication methods the client takes part in; immutable.
 *
 * <p>It is checked before a credential leaves the client, and again at AuthenticationOk, so that a server cannot skip
 * the method that was demanded. The {@linkplain #standard() standard} allows everything except the password itself and
 * its MD5 digest over a connection without TLS, and an OAuth token where nobody has verified the server's certificate.
 */
public final class RequireAuth {

    private static final RequireAuth STANDARD = new RequireAuth(
            EnumSet.allOf(AuthenticationMethod.class),
            EnumSet.of(AuthenticationMethod.NONE, AuthenticationMethod.SCRAM_SHA_256));

    private final Set<AuthenticationMethod> withTls;
    private final Set<AuthenticationMethod> withoutTls;

    private RequireAuth(Set<AuthenticationMethod> withTls, Set<AuthenticationMethod> withoutTls) {
        this.withTls = withTls;
        this.withoutTls = withoutTls;
    }

    /**
     * Returns the standard: anything, but {@code password} and {@code md5} only inside TLS, and {@code oauth} only inside
     * TLS with a certificate that was verified.
     */
    public static RequireAuth standard() {
        return STANDARD;
    }

    /** Returns the policy that takes part in anything, the password in clear over plaintext included. */
    public static RequireAuth any() {
        return of(EnumSet.allOf(AuthenticationMethod.class));
    }

    /**
     * Returns the policy that takes part in these methods only, with or without TLS.
     *
     * @param methods the methods; at least one
     */
    public static RequireAuth of(Set<AuthenticationMethod> methods) {
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("requireAuth allows no method at all: name at least one");
        }
        Set<AuthenticationMethod> copy = EnumSet.copyOf(methods);
        return new RequireAuth(copy, copy);
    }

    /**
     * Reads libpq's {@code require_auth}: a list of methods, or a list of methods each refused by a leading {@code !}.
     *
     * @param list such as {@code scram-sha-256,none} or {@code !password,!md5}
     * @return the policy
     * @throws IllegalArgumentException if a word is unknown or the two kinds of list are mixed
     */
    public static RequireAuth parse(String list) {
        Set<AuthenticationMethod> named = EnumSet.noneOf(AuthenticationMethod.class);
        String[] words = list.split(",", -1);
        boolean negated = words[0].strip().startsWith("!");
        for (String word : words) {
            String stripped = word.strip();
            if (stripped.startsWith("!") != negated) {
                throw new IllegalArgumentException(
                        "requireAuth mixes methods and refused methods: begin all words with ! or none");
            }
            named.add(methodOf(negated ? stripped.substring(1) : stripped));
        }
        return of(negated ? EnumSet.complementOf(EnumSet.copyOf(named)) : named);
    }

    private static AuthenticationMethod methodOf(String word) {
        for (AuthenticationMethod method : AuthenticationMethod.values()) {
            if (method.word().equals(word)) {
                return method;
            }
        }
        throw new IllegalArgumentException("requireAuth does not know the method '" + word + "'; use "
                + Arrays.stream(AuthenticationMethod.values())
                        .map(AuthenticationMethod::word)
                        .collect(Collectors.joining(", ")));
    }

    /**
     * Tells whether the client may take part.
     *
     * @param method what the server asks for
     * @param tls whether the connection is inside TLS
     */
    public boolean permits(AuthenticationMethod method, boolean tls) {
        return (tls ? withTls : withoutTls).contains(method);
    }

    /** Tells whether a token may go to a server whose certificate was not verified: only where oauth is asked for by name. */
    public boolean permitsTokenToAnyServer() {
        return this != STANDARD;
    }

    @Override
    public String toString() {
        if (this == STANDARD) {
            return "any, but password and md5 only inside TLS";
        }
        return withTls.stream().map(AuthenticationMethod::word).collect(Collectors.joining(","));
    }
}

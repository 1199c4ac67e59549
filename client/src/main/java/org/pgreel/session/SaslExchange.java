package org.pgreel.session;

import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectionFailureReason.ServerVerificationFailed;
import org.pgreel.protocol.authentication.ScramException;
import org.pgreel.protocol.authentication.ScramSha256Client;

/** Where the SCRAM exchange of a login stands; every step out of order is a server that does not prove itself. */
final class SaslExchange {

    private final ScramSha256Client client;
    private final boolean bound;
    private final int iterationsMax;
    private ScramSha256Client.@Nullable Challenge challenge;
    private ScramSha256Client.@Nullable Proof proof;
    private boolean verified;

    SaslExchange(ScramSha256Client client, boolean bound, int iterationsMax) {
        this.client = client;
        this.bound = bound;
        this.iterationsMax = iterationsMax;
    }

    ScramSha256Client client() {
        return client;
    }

    /** Tells whether the exchange is bound to the TLS channel. */
    boolean isBound() {
        return bound;
    }

    /** Tells whether the server has proved that it knows the password. */
    boolean isVerified() {
        return verified;
    }

    ScramSha256Client.Challenge challenged(byte[] serverFirst) {
        if (challenge != null) {
            throw failed("it sent a second challenge");
        }
        try {
            challenge = client.challenge(serverFirst, iterationsMax);
            return challenge;
        } catch (ScramException e) {
            throw failed(e.getMessage());
        }
    }

    /** Returns client-final. */
    byte[] derived(byte[] saltedPassword) {
        if (challenge == null || proof != null) {
            throw new IllegalStateException("no key was asked for");
        }
        proof = challenge.answer(saltedPassword);
        return proof.message();
    }

    void concluded(byte[] serverFinal) {
        if (proof == null || verified) {
            throw failed(verified ? "it signed twice" : "it signed before it could");
        }
        try {
            proof.verify(serverFinal);
            verified = true;
        } catch (ScramException e) {
            throw failed(e.getMessage());
        }
    }

    private static SessionEnd failed(@Nullable String detail) {
        return SessionEnd.failed(new ServerVerificationFailed(detail == null ? "no detail" : detail));
    }
}

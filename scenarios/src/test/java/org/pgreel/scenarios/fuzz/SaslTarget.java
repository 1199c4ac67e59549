package org.pgreel.scenarios.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.pgreel.protocol.authentication.OAuthRefusal;
import org.pgreel.protocol.authentication.SaslPrep;
import org.pgreel.protocol.authentication.ScramCredential;
import org.pgreel.protocol.authentication.ScramException;
import org.pgreel.protocol.authentication.ScramSha256;
import org.pgreel.protocol.authentication.ScramSha256Client;
import org.pgreel.protocol.authentication.ScramSha256Server;

/**
 * What is said while a client logs in. The first byte picks who listens; the rest is what is said, two messages with a NUL
 * between them.
 */
final class SaslTarget implements FuzzTarget {
    private static final String CLIENT_NONCE = "client";
    private static final String SERVER_NONCE = "server";
    private static final byte[] END_POINT = {1, 2, 3};
    private static final byte[] KEY = new byte[32];
    private static final ScramCredential CREDENTIAL = ScramCredential.of("secret", new byte[] {1, 2, 3, 4}, 1);

    @Override
    public void take(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int middle = 1;
        while (middle < input.length && input[middle] != 0) {
            middle++;
        }
        byte[] first = Arrays.copyOfRange(input, 1, middle);
        byte[] second = Arrays.copyOfRange(input, Math.min(input.length, middle + 1), input.length);
        switch (input[0] & 7) {
            case 0 -> client(ScramSha256Client.unbound(CLIENT_NONCE), first, second);
            case 1 -> client(ScramSha256Client.bindingNotOffered(CLIENT_NONCE), first, second);
            case 2 -> client(ScramSha256Client.bound(CLIENT_NONCE, END_POINT), first, second);
            case 3 -> server(ScramSha256Server.unbound(CREDENTIAL, SERVER_NONCE), ScramSha256.MECHANISM, first, second);
            case 4 -> bound(ScramSha256.MECHANISM_PLUS, first, second);
            case 5 -> bound(ScramSha256.MECHANISM, first, second);
            case 6 -> refusal(first);
            default -> prepared(new String(first, StandardCharsets.UTF_8));
        }
    }

    private static void client(ScramSha256Client client, byte[] first, byte[] second) {
        try {
            ScramSha256Client.Challenge challenge = client.challenge(first, ScramSha256.ITERATIONS_MAX);
            challenge.salt();
            challenge.answer(KEY).verify(second);
            throw new AssertionError("a signature was made up without the key");
        } catch (ScramException refused) {
            FuzzTarget.same("a kind", true, refused.kind() != null);
        }
    }

    private static void bound(String mechanism, byte[] first, byte[] second) {
        server(ScramSha256Server.withBinding(CREDENTIAL, SERVER_NONCE, END_POINT), mechanism, first, second);
    }

    private static void server(ScramSha256Server server, String mechanism, byte[] first, byte[] second) {
        try {
            server.challenge(mechanism, first).verify(second);
        } catch (ScramException refused) {
            FuzzTarget.same("a kind", true, refused.kind() != null);
        }
    }

    private static void refusal(byte[] first) {
        try {
            OAuthRefusal.parse(first);
        } catch (IllegalArgumentException refused) {
            FuzzTarget.same("a reason", true, refused.getMessage() != null);
        }
    }

    private static void prepared(String password) {
        SaslPrep.passwordBytes(password);
        Optional<String> prepared = SaslPrep.prepare(password);
        prepared.ifPresent(text -> FuzzTarget.same("prepared twice", prepared, SaslPrep.prepare(text)));
    }
}

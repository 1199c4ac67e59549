package org.pgreel.recorder.masking;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.MaskedSpans;

/**
 * Overwrites the secrets of one connection in place, chunk by chunk, however the stream is cut.
 *
 * <p>What is overwritten: passwords and MD5 responses, start-up parameters whose names tell of a secret, the proof and the server's signature of SCRAM, everything said in
 * other SASL mechanisms, GSSAPI or SSPI, and the secret key of BackendKeyData and CancelRequest. A byte is overwritten
 * where it stands ({@code A} where base64 is due, {@code *} elsewhere), so lengths and message boundaries stay, and none
 * is held back for its successors: as long as a byte of a login is not known to be harmless, it is overwritten. If
 * framing is lost before the login is over, everything that follows is. It counts messages on its way.
 *
 * <p>What it does not know is SQL: the literal in {@code ALTER ROLE … PASSWORD '…'} passes. Confined to the thread that
 * records the session.
 */
public final class SecretMasker {

    private final Login login = new Login();
    private final MaskingHalf frontend = new MaskingHalf(new FrontendRules(login));
    private final MaskingHalf backend = new MaskingHalf(new BackendRules(login));

    /**
     * Overwrites the secrets in the next chunk of a direction. Chunks must come in the order in which the connection's
     * peer could see them.
     *
     * @param direction whose bytes they are
     * @param buffer the array that holds them, changed in place
     * @param from index of the first
     * @param to index behind the last
     * @param spans told where bytes were overwritten, as offsets from {@code from}
     */
    public void mask(Direction direction, byte[] buffer, int from, int to, MaskedSpans spans) {
        half(direction).mask(buffer, from, to, spans);
    }

    /** Returns how many messages of a direction are complete. */
    public long messages(Direction direction) {
        return half(direction).messages();
    }

    /** Returns how many Query, Execute and FunctionCall messages the frontend sent, those too long to be decoded aside. */
    public long statements() {
        return frontend.statements();
    }

    /** Returns the user that the StartupMessage named; empty if none came. */
    public String user() {
        return login.user;
    }

    /** Returns the database that the StartupMessage named; empty if it named none. */
    public String database() {
        return login.database;
    }

    /** Returns the offset in the direction's last chunk at which the first message began, or -1 if none did. */
    public int firstBoundary(Direction direction) {
        return half(direction).firstBoundary();
    }

    /** Returns whether a direction's bytes so far end where a message ends; false for ever where framing was lost. */
    public boolean atBoundary(Direction direction) {
        return half(direction).atBoundary();
    }

    /**
     * Returns the key by which the session of this connection can be cancelled, unmasked; it must never be stored.
     *
     * @return null as long as the backend did not say it
     */
    public @Nullable CancelKey backendKey() {
        return login.backendKey;
    }

    /**
     * Returns the key that a CancelRequest on this connection carried, unmasked; it must never be stored.
     *
     * @return null if no CancelRequest came
     */
    public @Nullable CancelKey cancelRequestKey() {
        return login.cancelRequestKey;
    }

    private MaskingHalf half(Direction direction) {
        return direction == Direction.FRONTEND ? frontend : backend;
    }
}

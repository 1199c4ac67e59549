package org.pgreel.recorder.event;

import org.jspecify.annotations.Nullable;

/** What kind of secret stood where a chunk is masked. */
public enum MaskKind {
    /** A password, in clear text or as MD5 response. */
    PASSWORD(1),
    /** The client's proof in a SCRAM exchange. */
    SCRAM_PROOF(2),
    /** The server's signature in a SCRAM exchange, which allows the same guessing of the password as the proof. */
    SERVER_SIGNATURE(3),
    /** A bearer, GSSAPI or SSPI token, or what was said in a SASL mechanism that is not known. */
    TOKEN(4),
    /** The secret key of BackendKeyData or CancelRequest. */
    CANCEL_KEY(5),
    /** Bytes that could not be framed before the login was over, so that nobody knows whether they are secret. */
    UNFRAMED(6);

    private final int code;

    MaskKind(int code) {
        this.code = code;
    }

    /** Returns the number that stands for this kind in a journal. */
    public int code() {
        return code;
    }

    static @Nullable MaskKind of(int code) {
        for (MaskKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }
}

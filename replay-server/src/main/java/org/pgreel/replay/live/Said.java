package org.pgreel.replay.live;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.wire.Bytes;

/** A message that a live server is told, with what it answered. */
final class Said {

    /** Why it is said. */
    enum Kind {
        /** It brings the session to where the client's is; its answer is not the client's. */
        SETTING,
        /** The recording has answered it, and the server's answer has to be the same. */
        REPEATED,
        /** It is asked of the server. */
        ASKED
    }

    private static final FrontendMessage NO_DATA = new CopyData(Bytes.EMPTY);

    final Kind kind;
    final FrontendMessage message;

    /** The statement that it executes; empty if it executes none. */
    final String sql;

    /** What the recording answered. */
    final List<BackendMessage> told;

    /** What the server answered; of what is asked only what changes a session. */
    final List<BackendMessage> heard = new ArrayList<>();

    private final boolean anyAnswer;

    private Said(Kind kind, FrontendMessage message, String sql, List<BackendMessage> told, boolean anyAnswer) {
        this.kind = kind;
        this.message = message;
        this.sql = sql;
        this.told = told;
        this.anyAnswer = anyAnswer;
    }

    static Said setting(FrontendMessage message) {
        return new Said(Kind.SETTING, message, "", List.of(), true);
    }

    /**
     * A message that the recording has answered.
     *
     * @param anyAnswer whether it was housekeeping, of which the server may say what it likes
     */
    static Said repeated(FrontendMessage message, String sql, List<BackendMessage> told, boolean anyAnswer) {
        return new Said(Kind.REPEATED, message, sql, told, anyAnswer);
    }

    static Said asked(FrontendMessage message, String sql) {
        return new Said(Kind.ASKED, message, sql, List.of(), true);
    }

    /** Returns it as it is kept until it is answered: a COPY may be longer than memory. */
    Said withoutData() {
        return kind == Kind.ASKED && message instanceof CopyData ? new Said(kind, NO_DATA, sql, told, anyAnswer) : this;
    }

    /** Tells whether the server has to have answered as the recording did. */
    boolean isCompared() {
        return !anyAnswer;
    }
}

package org.pgreel.replay.play;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.wire.Bytes;

/** Who the client of one connection says that it is, as far as it has said it. */
final class ClientIdentity implements Phrasing.Surroundings {
    private static final int SHORT_KEY_BYTES = 4;
    private static final int LONG_KEY_BYTES = 32;

    private @Nullable StartupMessage startup;
    private @Nullable Bytes endPointHash;

    /** The StartupMessage came. */
    void started(StartupMessage message) {
        startup = message;
    }

    /** Tells whether the StartupMessage came. */
    boolean started() {
        return startup != null;
    }

    void endPointHash(@Nullable Bytes hash) {
        endPointHash = hash;
    }

    @Override
    public String user() {
        String user = startup == null ? null : startup.parameter("user");
        return user == null ? "" : user;
    }

    /** Returns the database, which is the user's name unless it was named. */
    String database() {
        String database = startup == null ? null : startup.parameter("database");
        return database == null || database.isEmpty() ? user() : database;
    }

    @Override
    public int keyBytes() {
        boolean wide = startup != null && startup.version() >= StartupMessage.VERSION_3_2;
        return wide ? LONG_KEY_BYTES : SHORT_KEY_BYTES;
    }

    @Override
    public @Nullable Bytes endPointHash() {
        return endPointHash;
    }
}

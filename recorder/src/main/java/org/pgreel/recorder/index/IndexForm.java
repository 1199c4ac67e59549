package org.pgreel.recorder.index;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.event.SessionTotals;
import org.pgreel.recorder.verify.BadEvent;
import org.pgreel.recorder.verify.SessionCheck;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;

/** How what a check knows of a session is spelled in an index. */
final class IndexForm {

    private static final int TEXT_MAX = 1 << 24;

    private IndexForm() {}

    static void text(String text, DataOutputStream out) throws IOException {
        out.writeInt(text.length());
        // Not UTF-8: a text may hold lone surrogates, which stand for bytes that are no UTF-8.
        out.writeChars(text);
    }

    static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > TEXT_MAX) {
            throw new IOException("a text of " + length + " characters");
        }
        byte[] chars = in.readNBytes(2 * length);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i + 1 < chars.length; i += 2) {
            text.append((char) ((chars[i] & 0xff) << 8 | chars[i + 1] & 0xff));
        }
        return text.toString();
    }

    static void write(SessionCheck.Snapshot check, DataOutputStream out) throws IOException {
        out.writeLong(check.nextSequence());
        out.writeInt(check.chain());
        out.writeBoolean(check.begun());
        out.writeBoolean(check.partial());
        out.writeBoolean(check.closed());
        out.writeLong(check.lastNanos());
        out.writeLong(check.bytesWritten());
        out.writeLong(check.bytesRead());
        opened(check.opened(), out);
        closing(check.closing(), out);
        BadEvent bad = check.firstBad();
        out.writeBoolean(bad != null);
        if (bad != null) {
            out.writeLong(bad.sequence());
            text(bad.what(), out);
        }
    }

    static SessionCheck.Snapshot read(long session, DataInputStream in) throws IOException {
        return new SessionCheck.Snapshot(
                in.readLong(),
                in.readInt(),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                opened(session, in),
                closing(session, in),
                in.readBoolean() ? new BadEvent(in.readLong(), text(in)) : null);
    }

    private static void opened(@Nullable SessionOpened event, DataOutputStream out) throws IOException {
        out.writeBoolean(event != null);
        if (event == null) {
            return;
        }
        out.writeLong(event.sequence());
        out.writeLong(event.nanos());
        out.writeUTF(event.wallClock().toString());
        text(event.run(), out);
        out.writeUTF(event.role().name());
        text(event.clientAddress(), out);
        text(event.serverAddress(), out);
        out.writeInt(event.startup().size());
        for (Map.Entry<String, String> parameter : event.startup().entrySet()) {
            text(parameter.getKey(), out);
            text(parameter.getValue(), out);
        }
    }

    private static @Nullable SessionOpened opened(long session, DataInputStream in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        long sequence = in.readLong();
        long nanos = in.readLong();
        Instant wallClock = Instant.parse(in.readUTF());
        String run = text(in);
        SessionOpening.Role role = SessionOpening.Role.valueOf(in.readUTF());
        String client = text(in);
        String server = text(in);
        Map<String, String> startup = new LinkedHashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            startup.put(text(in), text(in));
        }
        return new SessionOpened(session, sequence, nanos, wallClock, run, role, client, server, startup);
    }

    private static void closing(@Nullable SessionClosed event, DataOutputStream out) throws IOException {
        out.writeBoolean(event != null);
        if (event == null) {
            return;
        }
        out.writeLong(event.sequence());
        out.writeLong(event.nanos());
        out.writeUTF(event.by().name());
        EndKind how = event.how();
        out.writeUTF(how == null ? "" : how.name());
        out.writeLong(event.totals().bytesWritten());
        out.writeLong(event.totals().bytesRead());
        out.writeLong(event.totals().messagesWritten());
        out.writeLong(event.totals().messagesRead());
    }

    private static @Nullable SessionClosed closing(long session, DataInputStream in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        long sequence = in.readLong();
        long nanos = in.readLong();
        By by = By.valueOf(in.readUTF());
        String how = in.readUTF();
        return new SessionClosed(
                session,
                sequence,
                nanos,
                by,
                how.isEmpty() ? null : EndKind.valueOf(how),
                new SessionTotals(in.readLong(), in.readLong(), in.readLong(), in.readLong()));
    }
}

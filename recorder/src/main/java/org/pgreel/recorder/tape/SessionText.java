package org.pgreel.recorder.tape;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.Item;
import org.pgreel.protocol.transcript.Transcript;
import org.pgreel.protocol.transcript.TranscriptParser;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.ConnectionOpened;
import org.pgreel.recorder.event.FaultInjected;
import org.pgreel.recorder.event.Marker;
import org.pgreel.recorder.event.MaskKind;
import org.pgreel.recorder.event.MaskedSpan;
import org.pgreel.recorder.event.RecordingDamaged;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.event.TlsEstablished;
import org.pgreel.recorder.event.TlsFailed;
import org.pgreel.recorder.event.TlsRequested;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening.Role;

/** Reads the lines of one session of a text tape. What they leave out has a default. Confined to one thread. */
final class SessionText {

    private final SessionEvents events;
    private final SlotQueue slots;
    private final long startNanos;
    private final int number;
    private long nanos;
    private int connection = 1;
    private boolean ended;

    /**
     * Begins a session.
     *
     * @param number its number in the tape
     * @param line the line that begins it
     */
    SessionText(int number, String line) {
        this.number = number;
        this.events = new SessionEvents(number);
        this.slots = new SlotQueue(events);
        TapeWords words = TapeWords.of(line);
        long said = words.number("its number");
        if (said != number) {
            throw new TapeProblem("session " + said + " stands where session " + number + " is due");
        }
        Role role = words.more() ? words.oneOf(Role.values(), "where it was recorded") : Role.PROXY;
        Instant opened = instant(words.text("opened", "1970-01-01T00:00:00Z"));
        this.startNanos = words.number("clock", 0);
        this.nanos = startNanos;
        events.add(new SessionOpened(
                number,
                0,
                startNanos,
                opened,
                words.text("run", ""),
                role,
                words.text("client", ""),
                words.text("server", ""),
                startup(words.list("startup"))));
        words.requireExhausted();
    }

    private static Instant instant(String text) {
        try {
            Instant opened = Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
            // A journal holds microseconds.
            Math.multiplyExact(Math.abs(opened.getEpochSecond()) + 1, 1_000_000L);
            return opened;
        } catch (DateTimeException | ArithmeticException e) {
            throw new TapeProblem("opened is a time such as \"2026-11-21T10:00:00Z\"");
        }
    }

    private static Map<String, String> startup(@Nullable TapeWords words) {
        Map<String, String> startup = new LinkedHashMap<>();
        while (words != null && words.more()) {
            String name = words.text("a name");
            startup.put(name, words.text("a value"));
        }
        return startup;
    }

    int number() {
        return number;
    }

    boolean ended() {
        return ended;
    }

    byte @Nullable [] poll() {
        return events.poll();
    }

    /** No further line of this session follows. */
    void end() {
        if (!ended) {
            ended = true;
            slots.cutAll(nanos);
            slots.requireEmpty();
            events.end();
        }
    }

    /** Reads a line that is neither empty nor a comment, blanks at its ends taken away. */
    void line(String line) {
        String text = line;
        if (text.startsWith("+")) {
            int blank = text.indexOf(' ');
            nanos = Math.max(nanos, startNanos + TapeWords.nanos(text.substring(1, blank < 0 ? text.length() : blank)));
            text = blank < 0 ? "" : text.substring(blank).strip();
        }
        if (text.startsWith("|")) {
            boundary(TapeWords.of("boundary" + text.substring(1)));
            return;
        }
        for (String word : TextTape.WORDS) {
            if (TapeWords.begins(text, word)) {
                own(TapeWords.of(text));
                return;
            }
        }
        Transcript transcript = TranscriptParser.parse(text);
        if (!transcript.lines().isEmpty()) {
            item(transcript, transcript.lines().get(0).item());
        }
    }

    private void boundary(TapeWords words) {
        Direction direction = null;
        long into = 0;
        while (words.more()) {
            String word = words.text("a number of bytes");
            if (word.equals("F") || word.equals("B")) {
                direction = direction(word);
            } else {
                into = TapeWords.of("into " + word).small("a number of bytes");
            }
        }
        ChunkMarks marks = words.has("before") ? marks(words) : null;
        words.requireExhausted();
        slots.cut(connection, direction, into, nanos, marks);
    }

    private static ChunkMarks marks(TapeWords words) {
        long before = words.number("before", 0);
        long first = words.number("first", -1);
        List<MaskedSpan> spans = new ArrayList<>();
        TapeWords masked = words.list("masked");
        while (masked != null && masked.more()) {
            int offset = masked.small("an offset");
            int length = Math.max(1, masked.small("a length"));
            spans.add(new MaskedSpan(offset, length, masked.oneOf(MaskKind.values(), "a kind of secret")));
        }
        if (first < -1 || first > Integer.MAX_VALUE) {
            throw new TapeProblem("first is the offset of a message, or -1");
        }
        return new ChunkMarks(before, (int) first, spans);
    }

    private static Direction direction(String letter) {
        return letter.equals("F") ? Direction.FRONTEND : Direction.BACKEND;
    }

    private void own(TapeWords words) {
        switch (words.word()) {
            case TextTape.CONNECTION -> {
                slots.cutAll(nanos);
                connection = words.small("its number");
            }
            case TextTape.ENDED -> {
                EndKind how = words.oneOf(EndKind.values(), "a kind of end");
                ended(how, words.oneOf(By.values(), "who ended it"));
            }
            case TextTape.FAULT -> {
                Direction direction = direction(words.text("F or B"));
                long offset = words.number("an offset");
                add(new FaultInjected(0, 0, nanos, connection, direction, offset, words.text("the fault")));
            }
            case TextTape.DAMAGED -> add(new RecordingDamaged(0, 0, nanos, words.text("the reason")));
            case TextTape.CLOSED -> closed(words);
            default -> throw new TapeProblem("\"" + words.word() + "\" stands inside of a session");
        }
        words.requireExhausted();
    }

    private void closed(TapeWords words) {
        slots.cutAll(nanos);
        By by = words.oneOf(By.values(), "who ended it");
        EndKind how = words.more() ? words.oneOf(EndKind.values(), "a kind of end") : null;
        // The bytes are those that stand in the tape, so that an edited one is edited, not damaged.
        words.list("bytes");
        TapeWords messages = words.list("messages");
        long written = messages == null ? 0 : messages.number("messages of the frontend");
        long read = messages == null ? 0 : messages.number("messages of the backend");
        slots.closed(nanos, by, how, written, read);
    }

    private void ended(EndKind how, By by) {
        slots.ended(connection, nanos);
        add(new ConnectionClosed(0, 0, nanos, connection, how, by));
    }

    private void add(SessionEvent event) {
        slots.cutAll(nanos);
        slots.add(event);
    }

    private void item(Transcript line, Item item) {
        if (item instanceof Item.MessageItem message) {
            slots.bytes(connection, message.direction(), line.bytes(message.direction()), nanos);
        } else if (item instanceof Item.EventItem event) {
            event(line, event);
        } else if (item instanceof Item.Told told) {
            slots.cutAll(nanos);
            slots.add(ToldEvents.of(told, nanos));
        } else if (item instanceof Item.Note note) {
            add(new Marker(0, 0, nanos, note.text()));
        }
    }

    private void event(Transcript line, Item.EventItem event) {
        boolean frontend = event.direction() == Direction.FRONTEND;
        switch (event.name()) {
            case "raw" -> slots.bytes(connection, event.direction(), line.bytes(event.direction()), nanos);
            case "connect" -> add(new ConnectionOpened(0, 0, nanos, connection));
            case "tls" -> tls(TapeWords.of(event.name(), event.fields()));
            case "reset" -> ended(EndKind.RESET, frontend ? By.CLIENT : By.SERVER);
            case "eof", "close" -> ended(EndKind.FIN, frontend ? By.CLIENT : By.SERVER);
            default -> throw new TapeProblem("\"" + event.name() + "\" is for scripts; no recording holds it");
        }
    }

    private void tls(TapeWords words) {
        String first = words.more() ? words.text("TLS") : "";
        if (first.equals(TextTape.REQUESTED)) {
            add(new TlsRequested(0, 0, nanos, connection));
        } else if (first.equals(TextTape.FAILS)) {
            add(new TlsFailed(0, 0, nanos, connection, words.more() ? words.text("what failed") : ""));
        } else {
            add(new TlsEstablished(0, 0, nanos, connection, first, words.more() ? words.text("the cipher") : ""));
        }
    }
}

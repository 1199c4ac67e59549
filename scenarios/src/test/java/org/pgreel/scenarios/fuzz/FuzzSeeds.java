package org.pgreel.scenarios.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.transcript.TranscriptWriter;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.WireLimits;
import org.pgreel.recorder.export.ExportFormat;
import org.pgreel.scenarios.catalogue.Catalogue;
import org.pgreel.scenarios.drive.UnplayableException;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.sweep.Golden;
import org.pgreel.scenarios.sweep.Subject;
import org.pgreel.scenarios.sweep.SweptStream;

/** Writes the beginning of the corpus: what golden sessions and scenarios of the catalogue say, and words by hand. */
final class FuzzSeeds {
    private static final int MESSAGE_MAX = 600;
    private static final int CATALOGUE_STRIDE = 25;
    /** All formats of all sessions would make the corpus large. */
    private static final List<String> EXPORTED = List.of("login", "extended", "copy-in");

    private final Path corpus;

    private FuzzSeeds(Path corpus) {
        this.corpus = corpus;
    }

    static void write(Path corpus) {
        new FuzzSeeds(corpus).all();
    }

    private void all() {
        for (String name : Golden.names()) {
            Scenario scenario = Golden.named(name);
            List<SweptStream> streams = new Subject(scenario).streams();
            streams.forEach(this::messages);
            streams.forEach(stream -> frames(name, stream));
            var session = new SeedSession(
                    streams.stream().filter(stream -> stream.connection() == 1).toList());
            put("connection", name, session.pieces());
            put("masking", name, session.pieces());
            put("transcript", name, transcript(streams).getBytes(StandardCharsets.UTF_8));
            put("script", name, scenario.expanded().print().getBytes(StandardCharsets.UTF_8));
            put("scenario", name, scenario.source().text().getBytes(StandardCharsets.UTF_8));
            put("events", name, session.events());
            put("text-tape", name, session.textTape());
            put("binary-tape", name, session.binaryTape());
            if (EXPORTED.contains(name)) {
                put("encrypted-tape", name, session.encryptedTape());
                put("import-script", name, session.exported(ExportFormat.SCRIPT));
                put("import-jsonl", name, session.exported(ExportFormat.JSONL));
                put("import-pqtrace", name, session.exported(ExportFormat.PQTRACE));
                put("import-pcapng", name, session.exported(ExportFormat.PCAPNG));
            }
        }
        List<Scenario> catalogue = Catalogue.load().scenarios();
        for (int i = 0; i < catalogue.size(); i++) {
            Scenario scenario = catalogue.get(i);
            catalogueMessages(scenario);
            if (i % CATALOGUE_STRIDE == 0) {
                put("scenario", scenario.name(), scenario.source().text().getBytes(StandardCharsets.UTF_8));
                put("script", scenario.name(), scenario.script().print().getBytes(StandardCharsets.UTF_8));
            }
        }
        SeedWords.all().forEach((target, inputs) -> inputs.forEach((name, input) -> put(target, name, input)));
    }

    private void catalogueMessages(Scenario scenario) {
        try {
            new Subject(scenario).streams().forEach(this::messages);
        } catch (UnplayableException notSwept) {
            // What cannot be played in the simulation is seed of no messages.
        }
    }

    private void frames(String name, SweptStream stream) {
        var input = new ByteArrayOutputStream();
        // The mode in which the direction's streams begin, and the direction.
        input.write(stream.direction() == Direction.FRONTEND ? 2 : 1 | 4);
        input.write(1);
        input.writeBytes(stream.bytes().toArray());
        put("frames", name + "-" + stream.connection() + stream.direction().letter(), input.toByteArray());
    }

    /** One input for each name of a message. */
    private void messages(SweptStream stream) {
        for (int i = 0; i < stream.names().size(); i++) {
            int from = stream.boundaries().get(i);
            int to = stream.boundaries().get(i + 1);
            // A scenario may announce more than it sends.
            if (to <= stream.bytes().length() && to - from <= MESSAGE_MAX) {
                byte[] message = stream.bytes().slice(from, to).toArray();
                message(stream.direction(), stream.names().get(i), message);
            }
        }
    }

    private void message(Direction direction, String name, byte[] message) {
        boolean untyped = List.of("StartupMessage", "SSLRequest", "GSSENCRequest", "CancelRequest")
                .contains(name);
        if (untyped) {
            once("untyped-messages", name, Arrays.copyOfRange(message, Integer.BYTES, message.length));
        } else if (direction == Direction.BACKEND && message.length > Integer.BYTES) {
            byte[] input = Arrays.copyOfRange(message, Integer.BYTES, message.length);
            input[0] = message[0];
            once("backend-messages", name, input);
        } else if (message.length > Integer.BYTES) {
            byte[] input = Arrays.copyOfRange(message, Integer.BYTES - 1, message.length);
            input[0] = (byte) List.of("PasswordMessage", "SASLInitialResponse", "SASLResponse", "GSSResponse")
                    .indexOf(name);
            input[1] = message[0];
            once("frontend-messages", name, input);
        }
    }

    private static String transcript(List<SweptStream> streams) {
        var text = new StringBuilder();
        TranscriptWriter writer = TranscriptWriter.showingSecrets(text);
        var decoder = new WireDecoder(WireLimits.DEFAULTS);
        for (SweptStream stream : streams) {
            if (stream.connection() == 1) {
                decoder.feed(
                        stream.direction(),
                        stream.bytes().toArray(),
                        0,
                        stream.bytes().length(),
                        writer);
            }
        }
        return text.toString();
    }

    private void once(String target, String name, byte[] input) {
        if (!Files.exists(corpus.resolve(target).resolve(name))) {
            put(target, name, input);
        }
    }

    private void put(String target, String name, byte[] input) {
        try {
            Path directory = Files.createDirectories(corpus.resolve(target));
            Files.write(directory.resolve(name), input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

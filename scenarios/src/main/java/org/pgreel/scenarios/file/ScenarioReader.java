package org.pgreel.scenarios.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ChannelBinding;
import org.pgreel.client.RequireAuth;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.replay.play.Expansion;
import org.pgreel.replay.play.RecordingBeside;
import org.pgreel.replay.script.Durations;
import org.pgreel.replay.script.Script;

/**
 * Reads scenario files ({@code *.pgreel.yaml}).
 *
 * <p>Whatever is wrong is one {@link ScenarioException} with the place in the file; also what is wrong in the script.
 */
public final class ScenarioReader {
    private static final String SCHEMA = "/org/pgreel/scenarios/scenario.schema.json";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern VERSION = Pattern.compile("[^\"\\\\\\x00-\\x1f]+");
    private static final List<String> KEYS = List.of(
            "name",
            "shows",
            "origin",
            "phase",
            "server",
            "client",
            "recording",
            "match",
            "outcome",
            "within",
            "answers",
            "shown",
            "hidden",
            "script");
    private static final List<String> SERVER_KEYS = List.of(
            "auth", "tls", "certificate", "version", "max-connections", "occupied", "reserved", "recovery", "role");
    private static final List<String> CLIENT_KEYS =
            List.of("sslmode", "require-auth", "channel-binding", "statement", "statements", "connections");

    /** {@code server.role}. */
    private enum Role {
        PRIMARY,
        STANDBY
    }

    private final String file;
    private final String text;
    private final @Nullable RecordingFiles recordings;

    private ScenarioReader(String file, String text, @Nullable RecordingFiles recordings) {
        this.file = file;
        this.text = text;
        this.recordings = recordings;
    }

    /**
     * Reads a file, and the recording that it names.
     *
     * @throws IOException if it cannot be read
     * @throws ScenarioException if it is no scenario
     */
    public static Scenario read(Path file) throws IOException {
        String text = SourceText.checked(SourceText.of(Files.readAllBytes(file), file.toString()), file.toString());
        return new ScenarioReader(file.toString(), text, RecordingFiles.beside(file)).scenario();
    }

    /**
     * Reads the text of a resource, and the recording that it names, which is a resource beside it.
     *
     * @param resource the name of the resource, which failures name
     * @throws ScenarioException if it is no scenario
     */
    public static Scenario parseResource(String yaml, ClassLoader loader, String resource) {
        String text = SourceText.checked(yaml, resource);
        return new ScenarioReader(resource, text, RecordingFiles.besideResource(loader, resource)).scenario();
    }

    /**
     * Reads the text of a file, alone: a recording that it names is not read, and cannot be played.
     *
     * @param fileName what failures name
     * @throws ScenarioException if it is no scenario
     */
    public static Scenario parse(String yaml, String fileName) {
        String text = SourceText.checked(yaml, fileName);
        return new ScenarioReader(fileName, text, null).scenario();
    }

    /** Returns the JSON Schema of scenario files, draft 2020-12, for editors. */
    public static String schema() {
        try (InputStream in = ScenarioReader.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + SCHEMA + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Scenario scenario() {
        Keys keys = Keys.of(file, YamlTree.read(file, text), "a scenario", KEYS);
        String name = name(keys);
        String shows = shows(keys);
        keys.require("origin");
        List<String> origin = keys.texts("origin");
        keys.require("phase");
        Phase phase = keys.word("phase", Phase.class, Phase::word, Phase.CONNECT);
        ScenarioServer server = server(keys.find("server"));
        ScenarioClient client = client(keys.find("client"));
        String recording = keys.textOrNull("recording");
        Matching match = keys.wordOrNull("match", Matching.class, Matching::word);
        if (match != null && recording == null) {
            throw keys.failure(
                    keys.key("match"), "\"match\" says how a recording answers, and there is no \"recording\"");
        }
        RecordingBeside played = played(keys, recording, match);
        var outcomes = keys.words("outcome", Outcome.class, Outcome::word);
        Duration within = within(keys);
        List<String> answers = keys.texts("answers");
        List<String> shown = keys.texts("shown");
        List<String> hidden = keys.texts("hidden");
        ScenarioSource source = source(keys);
        Script script = script(keys, source, server);
        return new Scenario(
                name, shows, origin, phase, server, client, recording, match, outcomes, within, answers, shown, hidden,
                played, script, source);
    }

    private @Nullable RecordingBeside played(Keys keys, @Nullable String recording, @Nullable Matching match) {
        if (recording == null || recordings == null) {
            return null;
        }
        try {
            return new RecordingBeside(recordings.read(recording), match == Matching.VERBATIM);
        } catch (RecordingFiles.UnusableException e) {
            throw keys.failure(keys.require("recording"), String.valueOf(e.getMessage()));
        }
    }

    private static String name(Keys keys) {
        String name = keys.text("name");
        if (!NAME.matcher(name).matches()) {
            throw keys.failure(
                    keys.require("name"),
                    "a name is made of small letters and digits, with hyphens between them, and not \"" + name + "\"");
        }
        return name;
    }

    private static String shows(Keys keys) {
        String shows = keys.text("shows");
        if (shows.indexOf('\n') >= 0) {
            throw keys.failure(keys.require("shows"), "shows is one sentence in one line");
        }
        return shows;
    }

    private ScenarioServer server(@Nullable YamlNode node) {
        ScenarioServer usual = ScenarioServer.DEFAULTS;
        if (node == null) {
            return usual;
        }
        Keys keys = Keys.of(file, node, "server", SERVER_KEYS);
        String version = keys.textOrNull("version");
        if (version != null && !VERSION.matcher(version).matches()) {
            throw keys.failure(keys.require("version"), "a version stands in one line, without quotes and backslashes");
        }
        return new ScenarioServer(
                keys.word("auth", AuthenticationMethod.class, AuthenticationMethod::word, usual.auth()),
                keys.flag("tls", usual.tls()),
                keys.word("certificate", Certificate.class, Certificate::word, usual.certificate()),
                version == null ? usual.version() : version,
                keys.number("max-connections", 0, usual.maxConnections()),
                keys.number("occupied", 0, usual.occupied()),
                keys.number("reserved", 0, usual.reserved()),
                keys.number("recovery", 0, usual.recovery()),
                keys.word("role", Role.class, Keys::small, Role.PRIMARY) == Role.STANDBY);
    }

    private ScenarioClient client(@Nullable YamlNode node) {
        ScenarioClient usual = ScenarioClient.DEFAULTS;
        if (node == null) {
            return usual;
        }
        Keys keys = Keys.of(file, node, "client", CLIENT_KEYS);
        keys.refuseBoth("statement", "statements");
        String statement = keys.textOrNull("statement");
        return new ScenarioClient(
                keys.wordOrNull("sslmode", SslMode.class, SslMode::word),
                requireAuth(keys),
                keys.wordOrNull("channel-binding", ChannelBinding.class, Keys::small),
                statement == null ? keys.texts("statements") : List.of(statement),
                keys.number("connections", 1, usual.connections()));
    }

    private static @Nullable String requireAuth(Keys keys) {
        String list = keys.textOrNull("require-auth");
        if (list != null) {
            try {
                RequireAuth.parse(list);
            } catch (IllegalArgumentException e) {
                throw keys.failure(keys.require("require-auth"), String.valueOf(e.getMessage()));
            }
        }
        return list;
    }

    private static @Nullable Duration within(Keys keys) {
        String word = keys.textOrNull("within");
        if (word == null) {
            return null;
        }
        Optional<Duration> within = Durations.of(word);
        if (within.isEmpty() || within.get().isZero()) {
            throw keys.failure(keys.require("within"), "expected a time, as 300ms or 2s, and not \"" + word + "\"");
        }
        return within.get();
    }

    private ScenarioSource source(Keys keys) {
        YamlNode node = keys.require("script");
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.style() != YamlNode.Style.LITERAL) {
            throw keys.failure(node, "a script stands as lines below \"script: |\"");
        }
        return new ScenarioSource(file, text, scalar.line() + 1, SourceText.indent(text, scalar, keys.key("script")));
    }

    private static Script script(Keys keys, ScenarioSource source, ScenarioServer server) {
        YamlNode node = keys.require("script");
        String lines = ((YamlNode.Scalar) node).text();
        if (lines.isBlank()) {
            throw keys.failure(node, "the script is empty");
        }
        try {
            Script script = Script.parse(lines);
            ToldChecks.check(script);
            Expansion.of(script, server.settings());
            return script;
        } catch (NotationException e) {
            throw new ScenarioException(source.file(), source.line(e.line()), source.column(e.column()), e.problem());
        }
    }
}

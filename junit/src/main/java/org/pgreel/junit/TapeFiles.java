package org.pgreel.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.recorder.recording.Recording;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.tape.TapeForm;
import org.pgreel.replay.volatility.Volatility;

/** Where the tapes of tests are: text beside the tests, for people and their diffs; binary where that would be large. */
final class TapeFiles {
    private static final String DIRECTORY = "pgreel.tapes";
    private static final long TEXT_BYTES_MAX = 256 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private TapeFiles() {}

    /** Returns the text tape of that name, which may not be there. */
    static Path text(String name) {
        return directory().resolve(checked(name) + ".pgreel");
    }

    private static Path binary(String name) {
        return directory().resolve(checked(name) + ".tape");
    }

    private static Path directory() {
        return Path.of(System.getProperty(DIRECTORY, "src/test/resources/tapes"));
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ExtensionConfigurationException("\"" + name
                    + "\" is no name of a recording: it is a file's name of letters, digits, \".\", \"_\" and \"-\"");
        }
        return name;
    }

    /** Returns the tape of that name; null if there is none. */
    static @Nullable Path find(String name) {
        return Files.exists(text(name)) ? text(name) : Files.exists(binary(name)) ? binary(name) : null;
    }

    /**
     * Returns what is declared to differ from run to run, in the file beside the tape that ends in {@code .volatile}.
     *
     * @throws ExtensionConfigurationException if it cannot be read
     */
    static Volatility volatility(Path tape) {
        String name = tape.getFileName().toString();
        Path file = tape.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".volatile");
        if (!Files.exists(file)) {
            return Volatility.NONE;
        }
        try {
            return Volatility.parse(Files.readString(file));
        } catch (IOException | NotationException wrong) {
            throw new ExtensionConfigurationException(file + ": " + wrong.getMessage(), wrong);
        }
    }

    /** Returns the command that records the tests of the class. */
    static String command(Class<?> tests) {
        Class<?> outer = tests;
        while (outer.getEnclosingClass() != null) {
            outer = outer.getEnclosingClass();
        }
        return "PGREEL_MODE=record mvn test -Dtest=" + outer.getSimpleName();
    }

    /** Writes the tape of that name in place of the one that is there; returns where. */
    static Path write(String name, Recording recording) throws IOException {
        Files.createDirectories(directory());
        Path text = text(name);
        new TapePack(TapeForm.TEXT).write(recording.sessions(), text);
        if (Files.size(text) <= TEXT_BYTES_MAX) {
            Files.deleteIfExists(binary(name));
            return text;
        }
        new TapePack(TapeForm.BINARY).write(recording.sessions(), binary(name));
        Files.delete(text);
        return binary(name);
    }
}

package org.pgreel.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.redaction.Redaction;
import org.pgreel.recorder.redaction.RedactionException;
import org.pgreel.recorder.redaction.RedactionKey;
import org.pgreel.recorder.redaction.RedactionRule;
import org.pgreel.scenarios.file.RedactionFile;
import org.pgreel.scenarios.file.ScenarioException;
import picocli.CommandLine.Option;

/** By which rules and which key values become pseudonyms. */
final class RedactionOptions {

    private static final String KEY_VARIABLE = "PGREEL_REDACT_KEY";

    @Option(
            names = {"--redact", "--rules"},
            paramLabel = "RULES",
            description = "A file of redaction rules (docs/redaction.md).")
    private @Nullable Path rules;

    @Option(
            names = "--redact-key-file",
            paramLabel = "FILE",
            description = "Where the key of the pseudonyms lies. Default: the environment's " + KEY_VARIABLE + ".")
    private @Nullable Path keyFile;

    /** Returns what was asked for; null if no rules were named. */
    @Nullable
    Redaction redaction() {
        Path file = rules;
        if (file == null) {
            if (keyFile != null) {
                throw CommandFailedException.usage("--redact-key-file is the key for rules, and none were named");
            }
            return null;
        }
        try {
            List<RedactionRule> read = RedactionFile.read(file);
            return new Redaction(read, key());
        } catch (IOException e) {
            throw CommandFailedException.inputOutput("the rules " + file + " cannot be read: " + Failures.what(e), e);
        } catch (ScenarioException e) {
            throw CommandFailedException.usage(Failures.what(e));
        }
    }

    private RedactionKey key() {
        Path file = keyFile;
        String variable = System.getenv(KEY_VARIABLE);
        try {
            if (file != null) {
                return RedactionKey.read(file);
            }
            if (variable != null) {
                return RedactionKey.of(variable);
            }
        } catch (IOException e) {
            throw CommandFailedException.inputOutput("the key " + file + " cannot be read: " + Failures.what(e), e);
        } catch (RedactionException e) {
            throw CommandFailedException.usage(Failures.what(e));
        }
        throw CommandFailedException.usage("pseudonyms need a key: give --redact-key-file FILE or set " + KEY_VARIABLE
                + ", for example to the output of 'openssl rand -hex 32'");
    }
}

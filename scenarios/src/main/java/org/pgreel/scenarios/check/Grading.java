package org.pgreel.scenarios.check;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.play.Mismatch;
import org.pgreel.replay.play.PlayedConnection;
import org.pgreel.scenarios.file.Outcome;

/**
 * Grades one run of a scenario by what the process did and what the server saw.
 *
 * <p>Whatever is not certain is not graded: a client that does not do what the scenario needs has shown nothing.
 */
final class Grading {
    private static final String ANSWER_UNKNOWN = "the scenario answers with raw bytes and does not say what they mean";

    private final Observation seen;
    private final Pattern crash;
    private final Abilities abilities;
    private final Deviation deviation;

    private Grading(Observation seen, Pattern crash, Abilities abilities) {
        this.seen = seen;
        this.crash = crash;
        this.abilities = abilities;
        this.deviation = seen.tampered() ? Deviation.NONE : Deviation.of(seen.report());
    }

    /**
     * Returns the grade and what it rests on.
     *
     * @param crash what standard error looks like behind a crash
     */
    static Verdict of(Observation seen, Pattern crash, Abilities abilities) {
        return new Grading(seen, crash, abilities).verdict();
    }

    private Verdict verdict() {
        Verdict secret = leaked();
        if (secret != null) {
            return secret;
        }
        // A client that went on was cut off by the server: what it died of then is the server's doing.
        boolean diedOfItself = deviation != Deviation.WENT_ON
                && crash.matcher(seen.end().errors()).find();
        if (seen.end().how() == ClientEnd.How.KILLED || diedOfItself) {
            return verdict(Grade.CRASH, ended());
        }
        String fewer = fewerConnections();
        if (!fewer.isEmpty()) {
            return Verdict.notApplicable(fewer);
        }
        if (seen.end().how() == ClientEnd.How.NEVER_ENDED || deviation == Deviation.HUNG) {
            String waits = bothWait();
            if (!waits.isEmpty() || (deviation != Deviation.HUNG && answerUnknown())) {
                // Raw answers are large ones, too, over which a client may be a long time.
                return Verdict.notApplicable(waits.isEmpty() ? ANSWER_UNKNOWN : waits);
            }
            return verdict(Grade.NEVER_ENDED, "it had not ended by itself");
        }
        return switch (deviation) {
            case UNPLAYABLE, ANOTHER_WAY ->
                Verdict.notApplicable("it does not play its part of the script: " + problem());
            case WENT_ON -> wentOn();
            case FORBIDDEN -> verdict(Grade.ACCEPTED, "it sent what it must not");
            case LEFT, NOT_REACHED -> cutShort();
            default -> whole();
        };
    }

    private @Nullable Verdict leaked() {
        String said = seen.end().output() + "\n" + seen.end().errors();
        if (said.contains(seen.login().password())) {
            return verdict(Grade.LEAKED, "its password stands in its output");
        }
        String honest = seen.honest().output() + "\n" + seen.honest().errors();
        for (String hidden : seen.scenario().hidden()) {
            if (said.contains(hidden) && !honest.contains(hidden)) {
                return verdict(Grade.LEAKED, "\"" + hidden + "\" stands in its output");
            }
        }
        Mismatch mismatch = mismatch();
        boolean sent = deviation == Deviation.FORBIDDEN
                && mismatch != null
                && mismatch.got().startsWith("F PasswordMessage");
        return sent ? verdict(Grade.LEAKED, "it sent a password where it must not") : null;
    }

    /** A scenario of several connections shows nothing to a program that opens fewer, and may wait for them for ever. */
    private String fewerConnections() {
        int wanted = seen.scenario().client().connections();
        long opened = seen.report().connections().stream()
                .filter(connection -> connection.number() > 0)
                .count();
        return opened < wanted && wanted > 1
                ? "the scenario needs " + wanted + " connections, and the command opened " + opened
                : "";
    }

    /** The server, too, waits: for a message that this client does not send there, or for the client altogether. */
    private String bothWait() {
        if (seen.report().connections().isEmpty()) {
            return "it never connected";
        }
        Mismatch mismatch = mismatch();
        if (deviation != Deviation.LEFT || mismatch == null || Deviation.awaitsEnd(mismatch)) {
            return "";
        }
        boolean message = mismatch.expected().get(0).startsWith("F ");
        return message ? "it waits, and so does the script: " + mismatch.sentence() : "";
    }

    private Verdict wentOn() {
        Mismatch mismatch = mismatch();
        if (mismatch != null && mismatch.got().matches("F (Query|Parse \"[^\"]*\") \"(?i:set|show) .*")) {
            return Verdict.notApplicable("it asks for settings, which the script does not answer: " + mismatch.got());
        }
        boolean statement = mismatch != null
                && (mismatch.got().startsWith("F Query") || mismatch.got().startsWith("F Parse"));
        boolean unasked = !abilities.sql()
                && Asked.of(seen.scenario()).statements().isEmpty()
                && !allowed().contains(Outcome.REFUSED);
        return statement && unasked
                ? Verdict.notApplicable(
                        "the scenario wants to be asked nothing, and the command has a statement of its own")
                : verdict(Grade.ACCEPTED, "it went on");
    }

    /** The script was not played to its end, because the client ended, or never did what the script awaits. */
    private Verdict cutShort() {
        if (!seen.report().unfired().isEmpty()) {
            return Verdict.notApplicable(
                    "the fault never fired: " + seen.report().unfired().get(0) + "; " + problem());
        }
        if (allowedSeen()) {
            return ok();
        }
        return failed()
                ? verdict(Grade.GAVE_UP, ended())
                : Verdict.notApplicable("it ended before the scenario had shown all: " + problem());
    }

    private Verdict whole() {
        if (allowedSeen()) {
            return ok();
        }
        if (failed()) {
            return verdict(Grade.GAVE_UP, ended());
        }
        if (!seen.sameAsHonest() && answerUnknown()) {
            return Verdict.notApplicable(ANSWER_UNKNOWN);
        }
        return seen.sameAsHonest()
                ? verdict(Grade.ACCEPTED, "it answered as if nothing had happened")
                : verdict(Grade.WRONG_ANSWER, ended());
    }

    private boolean answerUnknown() {
        boolean answerAllowed =
                allowed().contains(Outcome.ANSWERED) || allowed().contains(Outcome.RECOVERED);
        return answerAllowed
                && seen.scenario().answers().isEmpty()
                && ScriptSearch.flat(seen.scenario().script().lines()).stream().anyMatch(ScriptSearch::sendsRaw);
    }

    private boolean failed() {
        return seen.end().status() != seen.honest().status();
    }

    private Set<Outcome> allowed() {
        return seen.scenario().outcomes();
    }

    private boolean allowedSeen() {
        return seen.outcomes().stream().anyMatch(allowed()::contains);
    }

    private Verdict ok() {
        return verdict(Grade.OK, ended());
    }

    private Verdict verdict(Grade grade, String got) {
        Mismatch mismatch = mismatch();
        if (grade == Grade.OK || mismatch == null) {
            String expected = allowed().stream().map(Outcome::word).collect(Collectors.joining(" or "));
            return new Verdict(grade, 0, expected, got);
        }
        String expected = mismatch.expected().isEmpty()
                ? "nothing more"
                : mismatch.expected().get(0);
        return new Verdict(grade, mismatch.line(), expected, got + ": " + mismatch.got());
    }

    /** How it ended, in words that hold no secret. */
    private String ended() {
        ClientEnd end = seen.end();
        String said = end.firstError().replace(seen.login().password(), "…");
        return (end.how() == ClientEnd.How.KILLED
                        ? "killed by signal " + (end.status() - ProcessTree.SIGNALS)
                        : "exit " + end.status())
                + (said.isEmpty() ? "" : ", " + said);
    }

    private String problem() {
        List<String> problems = seen.report().problems();
        return problems.isEmpty() ? "nothing is wrong" : problems.get(0);
    }

    private @Nullable Mismatch mismatch() {
        if (seen.tampered()) {
            return null;
        }
        for (PlayedConnection connection : seen.report().connections()) {
            if (connection.mismatch() != null && connection.outcome().failed()) {
                return connection.mismatch();
            }
        }
        return null;
    }
}

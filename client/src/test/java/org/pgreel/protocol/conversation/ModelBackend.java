package org.pgreel.protocol.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a PostgreSQL backend may answer, written after its main loop ({@code PostgresMain}, {@code CopyGetData},
 * {@code ProcessRepliesIfAny}) and not after the automaton, so that the two can be held against each other.
 *
 * <p>It reads one frontend message at a time and says, in names of {@link Samples}, what it sends before it reads the
 * next. Whatever a real backend decides by SQL or by accident, chance decides here.
 */
final class ModelBackend {
    private enum Mode {
        COMMANDS,
        COPY_IN,
        COPY_BOTH,
        GONE
    }

    private final Random random;
    private final List<String> out = new ArrayList<>();
    private Mode mode = Mode.COMMANDS;
    private boolean ignoreTillSync;
    private boolean simpleCopy;
    private boolean copyDoneSent;
    private int statementsLeft;
    private boolean segmentOpen;
    private boolean syncMayFail;
    private int swallowedSyncs;
    private boolean flushFailed;
    private boolean ambiguous;

    ModelBackend(Random random) {
        this.random = random;
    }

    /**
     * Tells whether the frontend could not know what the backend did with its messages: a COPY failed behind a Sync that it
     * had swallowed, and then the backend skipped messages for want of another; or a Flush failed before a Query.
     */
    boolean isAmbiguous() {
        return ambiguous;
    }

    /** Tells whether a COPY takes data from the frontend. */
    boolean isCopyingIn() {
        return mode == Mode.COPY_IN || mode == Mode.COPY_BOTH;
    }

    /** Reads a message and returns what is sent before the next is read. */
    List<String> read(String message) {
        out.clear();
        if (mode != Mode.GONE && chance(150)) {
            fatal();
        } else if (mode == Mode.COPY_IN && chance(12)) {
            copyFails();
        }
        switch (mode) {
            case COMMANDS -> command(message);
            case COPY_IN -> copyIn(message);
            case COPY_BOTH -> copyBoth(message);
            case GONE -> {}
        }
        return withAsynchronous();
    }

    private void command(String message) {
        if (ignoreTillSync && !message.equals("Sync") && !message.equals("Terminate")) {
            boolean answered = !message.startsWith("Copy") && !message.equals("Flush");
            boolean simple = message.equals("Query") || message.equals("FunctionCall");
            ambiguous |= answered && (swallowedSyncs > 0 || (flushFailed && simple));
            return;
        }
        switch (message) {
            case "Query" -> query();
            case "FunctionCall" -> functionCall();
            case "Sync" -> sync();
            case "Flush" -> flush();
            case "Terminate" -> mode = Mode.GONE;
            case "CopyData", "CopyDone", "CopyFail" -> {}
            default -> extended(message);
        }
    }

    private void query() {
        syncMayFail = false;
        switch (random.nextInt(12)) {
            case 0 -> say("EmptyQueryResponse");
            case 1 -> {
                say("CopyBothResponse");
                mode = Mode.COPY_BOTH;
                copyDoneSent = false;
                return;
            }
            case 2 -> {
                say("RowDescription", "DataRow", "CommandComplete", "CopyOutResponse", "CopyData", "CopyDone");
                say("CopyOutResponse", "CopyDone", "RowDescription", "DataRow", "CommandComplete", "CommandComplete");
            }
            default -> {
                statementsLeft = 1 + random.nextInt(3);
                statements();
                return;
            }
        }
        ready();
    }

    private void statements() {
        while (statementsLeft > 0) {
            statementsLeft--;
            switch (random.nextInt(7)) {
                case 0 -> say("CommandComplete");
                case 1 -> say("RowDescription", "DataRow", "RowDescription", "CommandComplete");
                case 2 -> say("CopyOutResponse", "CopyData", "CopyDone", "CommandComplete");
                case 3 -> {
                    say("CopyInResponse");
                    mode = Mode.COPY_IN;
                    simpleCopy = true;
                    return;
                }
                case 4 -> {
                    partialAnswer();
                    error();
                    ready();
                    return;
                }
                default -> {
                    say("RowDescription");
                    rows(random.nextInt(3));
                    say("CommandComplete");
                }
            }
        }
        if (chance(10)) {
            error();
        }
        ready();
    }

    private void partialAnswer() {
        switch (random.nextInt(4)) {
            case 0 -> say("RowDescription", "DataRow");
            case 1 -> say("CopyOutResponse", "CopyData");
            case 2 -> say("CopyOutResponse", "CopyDone");
            default -> {}
        }
    }

    private void functionCall() {
        syncMayFail = false;
        if (chance(4)) {
            error();
        } else {
            say("FunctionCallResponse");
            if (chance(4)) {
                error();
            }
        }
        ready();
    }

    private void sync() {
        if (syncMayFail && chance(5)) {
            error();
        }
        ignoreTillSync = false;
        flushFailed = false;
        swallowedSyncs = 0;
        syncMayFail = false;
        ready();
    }

    private void flush() {
        if (segmentOpen && chance(6)) {
            error();
            ignoreTillSync = true;
            flushFailed = true;
        }
    }

    private void extended(String message) {
        boolean fails = chance(7);
        switch (message) {
            case "Parse", "Bind", "Close" -> answer(fails, message + "Complete");
            case "Describe(P)" -> answer(fails, random.nextBoolean() ? "RowDescription" : "NoData");
            case "Describe(S)" -> {
                if (!fails || random.nextBoolean()) {
                    say("ParameterDescription");
                }
                answer(fails, random.nextBoolean() ? "RowDescription" : "NoData");
            }
            case "Execute", "Execute(1)" -> execute(fails, message.equals("Execute(1)"));
            default -> throw new IllegalArgumentException(message);
        }
    }

    private void answer(boolean fails, String answer) {
        if (fails) {
            error();
            ignoreTillSync = true;
            syncMayFail = false;
        } else {
            say(answer);
            segmentOpen = true;
        }
    }

    private void execute(boolean fails, boolean limited) {
        switch (random.nextInt(5)) {
            case 0 -> {
                if (fails) {
                    say("CopyInResponse");
                    copyInExecuted();
                    copyFails();
                    return;
                }
                answer(false, "EmptyQueryResponse");
            }
            case 1 -> {
                say("CopyInResponse");
                copyInExecuted();
            }
            case 2 -> {
                say("CopyOutResponse", "CopyData");
                if (random.nextBoolean()) {
                    say("CopyDone");
                    answer(fails, "CommandComplete");
                } else {
                    answer(true, "");
                }
            }
            default -> {
                int rows = random.nextInt(3);
                rows(rows);
                boolean suspended = limited && rows > 0 && random.nextBoolean();
                answer(fails, suspended ? "PortalSuspended" : "CommandComplete");
                syncMayFail = !fails;
            }
        }
    }

    private void copyInExecuted() {
        mode = Mode.COPY_IN;
        simpleCopy = false;
        swallowedSyncs = 0;
    }

    private void copyIn(String message) {
        switch (message) {
            case "CopyData" -> {
                if (chance(8)) {
                    copyFails();
                }
            }
            case "CopyFail" -> copyFails();
            case "CopyDone" -> {
                if (chance(6)) {
                    copyFails();
                } else {
                    copyCompletes();
                }
            }
            case "Sync" -> swallowedSyncs++;
            case "Flush" -> {}
            default -> {
                say("ErrorResponse");
                fatal();
            }
        }
    }

    private void copyCompletes() {
        say("CommandComplete");
        mode = Mode.COMMANDS;
        swallowedSyncs = 0;
        if (simpleCopy) {
            statements();
        } else {
            segmentOpen = true;
            syncMayFail = true;
        }
    }

    private void copyFails() {
        error();
        mode = Mode.COMMANDS;
        statementsLeft = 0;
        syncMayFail = false;
        if (simpleCopy) {
            swallowedSyncs = 0;
            ready();
        } else {
            ignoreTillSync = true;
        }
    }

    private void copyBoth(String message) {
        if (random.nextBoolean()) {
            say("CopyData");
        }
        if (!copyDoneSent && chance(6)) {
            say("CopyDone");
            copyDoneSent = true;
        }
        switch (message) {
            case "CopyData" -> {
                if (chance(8)) {
                    error();
                    mode = Mode.COMMANDS;
                    ready();
                }
            }
            case "CopyDone" -> replicationEnds();
            case "Terminate" -> mode = Mode.GONE;
            default -> fatal();
        }
    }

    private void replicationEnds() {
        if (!copyDoneSent) {
            say("CopyDone");
        }
        if (random.nextBoolean()) {
            say("CopyData");
        }
        if (random.nextBoolean()) {
            say("RowDescription", "DataRow");
        }
        say("CommandComplete", "CommandComplete");
        mode = Mode.COMMANDS;
        ready();
    }

    private void rows(int count) {
        for (int i = 0; i < count; i++) {
            say("DataRow");
        }
    }

    private void error() {
        say("ErrorResponse");
        if (chance(12)) {
            say("ErrorResponse");
        }
    }

    private void fatal() {
        say("ErrorResponse(FATAL)");
        if (chance(4)) {
            say("ErrorResponse");
        }
        mode = Mode.GONE;
    }

    private void ready() {
        segmentOpen = false;
        say("ReadyForQuery(" + "ITE".charAt(random.nextInt(3)) + ")");
    }

    private void say(String... samples) {
        out.addAll(List.of(samples));
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private List<String> withAsynchronous() {
        List<String> all = new ArrayList<>();
        for (String sample : out) {
            asynchronous(all);
            all.add(sample);
        }
        asynchronous(all);
        return all;
    }

    private void asynchronous(List<String> all) {
        if (chance(6)) {
            all.add(List.of("NoticeResponse", "NotificationResponse", "ParameterStatus")
                    .get(random.nextInt(3)));
        }
    }
}

package org.pgreel.protocol.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.pgreel.protocol.conversation.ScriptedSession.Step;
import org.pgreel.protocol.wire.Direction;

/**
 * A session of a random frontend with {@link ModelBackend}, by the two directions: which messages of the one come before
 * which of the other is left to the network, except that an answer comes behind what it answers and that the frontend
 * waits for its login.
 *
 * @param frontend what the frontend sent
 * @param backend what the backend sent
 * @param causes for each message of the backend, how many of the frontend's it had read
 */
record GeneratedSession(List<Step> frontend, List<Step> backend, List<Integer> causes, boolean ambiguous) {
    private static final List<Step> LOGIN =
            ScriptedSession.of("login", ScriptedSession.LOGIN).steps();

    /** What a frontend sends in one go; some of it only one that knows no better. */
    private static final List<String> PHRASES = List.of(
            "Query",
            "Query",
            "Query Query",
            "Query Sync",
            "Parse Bind Execute Sync",
            "Parse Describe(S) Sync",
            "Bind Describe(P) Execute Sync",
            "Bind Describe(P) Execute(1) Execute(1) Sync",
            "Parse Bind Execute CopyData CopyDone Sync",
            "Parse Bind Execute Sync CopyData CopyDone Sync",
            "Execute Sync Sync",
            "Execute",
            "Parse Flush",
            "Close Sync",
            "Parse Query Sync",
            "Parse FunctionCall",
            "FunctionCall",
            "FunctionCall FunctionCall",
            "Query CopyData CopyDone",
            "Query CopyData CopyDone CopyData CopyDone Sync",
            "Sync",
            "Flush",
            "CopyData",
            "CopyDone",
            "CopyFail",
            "Terminate");

    private static final List<String> COPYING = List.of(
            "CopyData",
            "CopyData CopyDone",
            "CopyDone",
            "CopyFail",
            "CopyDone Sync",
            "CopyData Sync CopyDone",
            "Sync",
            "Flush",
            "CopyFail Sync");

    static GeneratedSession of(Random random) {
        List<Step> frontend = new ArrayList<>();
        List<Step> backend = new ArrayList<>();
        List<Integer> causes = new ArrayList<>();
        for (Step step : LOGIN) {
            (step.from() == Direction.FRONTEND ? frontend : backend).add(step);
            if (step.from() == Direction.BACKEND) {
                causes.add(1);
            }
        }
        ModelBackend model = new ModelBackend(random);
        for (int phrases = 1 + random.nextInt(6); phrases > 0; phrases--) {
            for (Step step : phrase(model, random)) {
                if (frontend.get(frontend.size() - 1).sample().equals("Terminate")) {
                    break;
                }
                frontend.add(step);
                for (String sample : model.read(step.sample())) {
                    backend.add(ScriptedSession.step(Direction.BACKEND, sample));
                    causes.add(frontend.size());
                }
            }
        }
        return new GeneratedSession(frontend, backend, causes, model.isAmbiguous());
    }

    private static List<Step> phrase(ModelBackend model, Random random) {
        boolean knowing = model.isCopyingIn() && random.nextInt(6) > 0;
        List<String> phrases = knowing ? COPYING : PHRASES;
        return ScriptedSession.of("", "> " + phrases.get(random.nextInt(phrases.size())))
                .steps();
    }

    /** Tells whether that message of the frontend may come when so many of the backend's have. */
    boolean frontendMay(int index, int backendCount) {
        return index == 0 || backendCount >= LOGIN.size() - 1;
    }

    /** Tells whether that message of the backend may come when so many of the frontend's have. */
    boolean backendMay(int frontendCount, int index) {
        return causes.get(index) <= frontendCount;
    }

    /** Returns the session as somebody may see it. */
    List<Step> merged(Random random) {
        List<Step> all = new ArrayList<>();
        int f = 0;
        int b = 0;
        while (f < frontend.size() || b < backend.size()) {
            boolean frontendMay = f < frontend.size() && frontendMay(f, b);
            boolean backendMay = b < backend.size() && backendMay(f, b);
            if (backendMay && (!frontendMay || random.nextBoolean())) {
                all.add(backend.get(b++));
            } else {
                all.add(frontend.get(f++));
            }
        }
        return all;
    }
}

package org.pgreel.replay.script;

import java.util.List;

/** The bodies of a step that is a block. */
public final class Bodies {
    private Bodies() {}

    /** Returns the bodies, of which either and unordered have several; none for a step that is no block. */
    public static List<List<ScriptLine>> of(Step step) {
        if (step instanceof Step.ConnectionBlock block) {
            return List.of(block.body());
        }
        if (step instanceof Step.StatementBlock block) {
            return List.of(block.body());
        }
        if (step instanceof Step.EitherBlock block) {
            return block.parts();
        }
        if (step instanceof Step.UnorderedBlock block) {
            return block.parts();
        }
        if (step instanceof Step.OptionalBlock block) {
            return List.of(block.body());
        }
        if (step instanceof Step.RepeatBlock block) {
            return List.of(block.body());
        }
        if (step instanceof Step.Use use && use.body() != null) {
            return List.of(use.body());
        }
        return List.of();
    }
}

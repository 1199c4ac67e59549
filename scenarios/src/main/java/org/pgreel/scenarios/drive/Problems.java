package org.pgreel.scenarios.drive;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.script.ScriptLine;

/** What is wrong with how our client was told and asked, now that a run is over. */
final class Problems {
    private Problems() {}

    static List<String> of(
            @Nullable String failure,
            Collection<Ledger> ledgers,
            List<DrivenSession> sessions,
            @Nullable Program program) {
        var problems = new ArrayList<String>();
        if (failure != null) {
            problems.add(failure);
        }
        for (Ledger ledger : ledgers) {
            for (ScriptLine line : ledger.mismatch() == null ? ledger.unmet() : List.<ScriptLine>of()) {
                problems.add("line " + line.number() + ": our client was never told \"" + line + "\"");
            }
        }
        for (DrivenSession session : sessions) {
            session.contract().over(session.over() && session.session().ended().isDone());
            String name = session.name().isEmpty() ? "" : " of session " + session.name();
            session.contract().breaches().forEach(breach -> problems.add("the contract" + name + ": " + breach));
        }
        if (program != null && problems.isEmpty()) {
            program.judge().ifPresent(problems::add);
        }
        return problems;
    }
}

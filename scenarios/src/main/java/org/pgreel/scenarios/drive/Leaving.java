package org.pgreel.scenarios.drive;

import java.util.List;
import org.pgreel.replay.play.Standing;
import org.pgreel.replay.play.Standing.Wait;

/** Picks the sessions that the script expects to end now. */
final class Leaving {
    private Leaving() {}

    /**
     * Returns all sessions if each connection waits for its end; those whose connections do, if the others wait for them;
     * none otherwise.
     *
     * @param open the sessions that have not ended
     * @param standings where the server's connections stand
     */
    static List<DrivenSession> of(List<DrivenSession> open, List<Standing> standings) {
        if (standings.stream().allMatch(standing -> standing.waits() == Wait.END)) {
            return open;
        }
        boolean othersWait =
                standings.stream().allMatch(standing -> standing.waits() == Wait.END || standing.waits() == Wait.GATE);
        return othersWait
                ? open.stream().filter(session -> isAwaited(session, standings)).toList()
                : List.of();
    }

    private static boolean isAwaited(DrivenSession session, List<Standing> standings) {
        return standings.stream()
                .anyMatch(standing -> standing.connection() == session.connection() && standing.waits() == Wait.END);
    }
}

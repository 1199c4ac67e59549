package org.pgreel.replay.play;

import java.util.List;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.GSSENCRequest;
import org.pgreel.protocol.message.GSSENCResponse;
import org.pgreel.protocol.message.Terminate;

/** Deals with what no script needs to name: a question for encryption, housekeeping, the end of an idle connection. */
final class Harmless {
    private final ScriptConnection scene;
    private final Player player;
    private final StatementPlay statements;

    Harmless(ScriptConnection scene, Player player, StatementPlay statements) {
        this.scene = scene;
        this.player = player;
        this.statements = statements;
    }

    /** Deals with it; false if the script should have named it. */
    boolean deal(Happening happening) {
        if (happening instanceof Happening.Arrived arrived) {
            return deal(arrived);
        }
        if (happening instanceof Happening.Ended && scene.mayIdle()) {
            scene.over(PlayOutcome.IDLE, "");
            return true;
        }
        return false;
    }

    private boolean deal(Happening.Arrived arrived) {
        FrontendMessage message = arrived.message();
        if (message instanceof GSSENCRequest) {
            player.take(arrived);
            scene.emission().send(new GSSENCResponse((byte) 'N'));
            scene.outlet().cut();
            return true;
        }
        if (message instanceof CancelRequest request) {
            return scene.handOver(request);
        }
        if (player.leaving(arrived)) {
            player.take(arrived);
            return true;
        }
        return statements.harmless(arrived);
    }

    /** All lines have been played: whatever still comes must be the end, or harmless. */
    boolean behindTheEnd() {
        if (scene.outlet().collecting()) {
            scene.outlet().cut();
            return true;
        }
        scene.played();
        if (scene.outlet().ended()) {
            scene.over(PlayOutcome.PLAYED, "");
            return false;
        }
        Happening happening = scene.inbox().peek();
        if (happening == null) {
            return false;
        }
        if (happening instanceof Happening.Ended) {
            scene.over(PlayOutcome.PLAYED, "");
            return false;
        }
        if (happening instanceof Happening.Arrived arrived && arrived.message() instanceof Terminate) {
            player.take(arrived);
            return true;
        }
        return deal(happening) || player.patience().surprised(List.of(), happening);
    }
}

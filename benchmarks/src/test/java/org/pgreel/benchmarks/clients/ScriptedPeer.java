package org.pgreel.benchmarks.clients;

import org.jspecify.annotations.Nullable;
import org.pgreel.benchmarks.peer.Checksum;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Peer;
import org.pgreel.benchmarks.peer.PeerLoop;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Target;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.benchmarks.peer.Workload;

/** A peer that needs no server: it behaves as its argument says. */
final class ScriptedPeer implements Peer {

    private final String behaviour;

    private ScriptedPeer(String behaviour) {
        this.behaviour = behaviour;
    }

    public static void main(String[] arguments) throws Exception {
        PeerLoop.serve(new ScriptedPeer(arguments[0]));
    }

    @Override
    public @Nullable Work open(Workload workload, Target target) {
        return switch (behaviour) {
            case "unable" -> null;
            case "broken" -> throw new IllegalStateException("no such\nserver");
            case "gone" -> {
                Runtime.getRuntime().halt(1);
                yield null;
            }
            default -> new Reading(behaviour.equals("honest"));
        };
    }

    private record Reading(boolean honest) implements Work {

        @Override
        public long run(Round round) {
            long sum = 0;
            for (int i = 0; honest && i < round.repeats(); i++) {
                int id = round.key();
                sum += Checksum.of(id, Items.amount(id), Items.name(id));
            }
            return sum;
        }

        @Override
        public void close() {}
    }
}

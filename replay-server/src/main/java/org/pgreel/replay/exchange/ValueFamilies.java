package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.volatility.Hole;
import org.pgreel.replay.volatility.ValueBindings;

/** Finds out of which type differing values are, and which of their places hold the same ones. */
final class ValueFamilies {
    /** Shorter values are equal by chance. */
    private static final int TELLING_CHARACTERS = 8;

    private static final List<String> TYPES = List.of("timestamp", "date", "time", "digits", "int");

    private static final String UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private record Pair(int recording, String then, String now) {}

    private final Map<String, Set<Pair>> places = new LinkedHashMap<>();
    private final Map<List<Object>, String> live = new HashMap<>();
    private final Set<String> ambiguous = new LinkedHashSet<>();
    private final Map<String, String> labels = new HashMap<>();

    /**
     * The values differ at that place.
     *
     * @param recording which of the recordings the second value is from, for each has values of its own
     */
    void differ(int recording, String place, String then, String now) {
        places.computeIfAbsent(place, key -> new LinkedHashSet<>()).add(new Pair(recording, then, now));
        String known = live.putIfAbsent(List.of(recording, then), now);
        if (known != null && !known.equals(now)) {
            ambiguous.add(then);
        }
    }

    /** Gives a name to each family: places that share a pair, or whose values come back in cells. */
    void name(Set<String> cells) {
        var families = new ArrayList<Set<String>>();
        for (String place : places.keySet()) {
            if (telling(place)) {
                join(families, place);
            }
        }
        int number = 0;
        for (Set<String> family : families) {
            boolean comesBack = family.stream()
                    .flatMap(place -> pairs(place).stream())
                    .anyMatch(pair -> cells.contains(pair.then()));
            if (family.size() > 1 || comesBack) {
                number++;
                String label = "v" + number;
                family.forEach(place -> labels.put(place, label));
            }
        }
    }

    private Set<Pair> pairs(String place) {
        return places.getOrDefault(place, Set.of());
    }

    private boolean telling(String place) {
        return pairs(place).stream()
                .allMatch(pair -> pair.then().length() >= TELLING_CHARACTERS && !ambiguous.contains(pair.then()));
    }

    private void join(List<Set<String>> families, String place) {
        var joined = new LinkedHashSet<String>();
        families.removeIf(family -> {
            boolean shares =
                    family.stream().anyMatch(other -> pairs(other).stream().anyMatch(pairs(place)::contains));
            if (shares) {
                joined.addAll(family);
            }
            return shares;
        });
        joined.add(place);
        families.add(joined);
    }

    /** Lets the values of each family stand for each other, as they do in that recording. */
    void bind(ValueBindings bindings, int recording) {
        labels.keySet().forEach(place -> {
            Hole hole = hole(place);
            pairs(place).stream()
                    .filter(pair -> pair.recording() == recording)
                    .forEach(pair -> bindings.bind(hole, pair.then(), pair.now(), ""));
        });
    }

    /** Returns what may stand at the place. */
    Hole hole(String place) {
        @Nullable String label = labels.get(place);
        return new Hole(type(pairs(place)), label);
    }

    private static String type(Set<Pair> pairs) {
        if (all(pairs, UUID)) {
            return "uuid";
        }
        for (String type : TYPES) {
            Hole hole = new Hole(type, null);
            if (pairs.stream()
                    .allMatch(pair -> hole.accepts(pair.then())
                            && hole.accepts(pair.now())
                            && spelled(type, pair.then())
                            && spelled(type, pair.now()))) {
                return type;
            }
        }
        return "any";
    }

    private static boolean all(Set<Pair> pairs, String regex) {
        return pairs.stream()
                .allMatch(pair -> pair.then().matches(regex) && pair.now().matches(regex));
    }

    /** The types of the notation take binary values of their length too, four digits for a date; here all are text. */
    private static boolean spelled(String type, String value) {
        boolean told = switch (type) {
            case "timestamp" -> value.indexOf('-') > 0 && value.indexOf(':') > 0;
            case "date" -> value.indexOf('-') > 0;
            case "time" -> value.indexOf(':') > 0;
            default -> true;
        };
        return told && value.matches("[-+]?[0-9][-+0-9:. TZ]*( BC)?");
    }
}

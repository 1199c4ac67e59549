package org.pgreel.protocol.conversation;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Finds the names of all states in the sealed family itself, so that none can be forgotten. */
final class StateNames {
    private StateNames() {}

    static Set<String> of(Class<?> family) {
        var names = new TreeSet<String>();
        for (Class<?> member : family.getPermittedSubclasses()) {
            if (member.isSealed()) {
                names.addAll(of(member));
            } else {
                names.add(member.getSimpleName());
            }
        }
        return Collections.unmodifiableSet(names);
    }
}

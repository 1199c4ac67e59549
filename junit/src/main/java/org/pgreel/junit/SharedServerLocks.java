package org.pgreel.junit;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/** Keeps the tests that share a class's server apart where JUnit runs tests in parallel. */
final class SharedServerLocks implements ResourceLocksProvider {
    @Override
    public Set<Lock> provideForMethod(List<Class<?>> enclosing, Class<?> testClass, Method testMethod) {
        if (ServerPlan.isPlanned(testMethod)) {
            return Set.of();
        }
        if (ServerPlan.isPlanned(testClass)) {
            return Set.of(new Lock(key(testClass)));
        }
        for (int i = enclosing.size() - 1; i >= 0; i--) {
            if (ServerPlan.isPlanned(enclosing.get(i))) {
                return Set.of(new Lock(key(enclosing.get(i))));
            }
        }
        return Set.of();
    }

    private static String key(Class<?> owner) {
        return "org.pgreel.junit:" + owner.getName();
    }
}

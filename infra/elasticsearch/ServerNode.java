import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * One Elasticsearch node until SIGTERM, with settings given as name=value. Elasticsearch's own main class needs an agent that is
 * not on Maven Central; the node itself does not.
 */
final class ServerNode {
    private static final int CLOSE_SECONDS_MAX = 15;

    public static void main(String[] pairs) throws Exception {
        var settings = Settings.builder();
        for (var pair : pairs) {
            var named = pair.split("=", 2);
            settings.put(named[0], named[1]);
        }
        LogConfigurator.configureWithoutConfig(settings.build());
        LogConfigurator.setNodeName(settings.get("node.name"));
        var config = Path.of(settings.get("path.home"), "config");
        var environment = InternalSettingsPreparer.prepareEnvironment(
            settings.build(), Map.of(), config, () -> settings.get("node.name"));
        var modules = PluginsLoader.loadModulesBundles(Path.of(System.getProperty("modules")));
        var node = new Node(environment, PluginsLoader.createPluginsLoader(modules, Set.of(), Map.of(), false));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
        node.start();
        // The node's own threads are daemons: this one keeps the process.
        Thread.currentThread().join();
    }

    private static void close(Node node) {
        try {
            node.prepareForClose();
            node.close();
            node.awaitClose(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (Exception thrown) {
            thrown.printStackTrace();
        }
    }
}

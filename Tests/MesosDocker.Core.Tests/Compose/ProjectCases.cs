namespace MesosDocker.Core.Tests.Compose;

/// <summary>The project as a whole: its name, its version, its shape.</summary>
internal static class ProjectCases
{
    private const string Web = "services: { web: { image: x } }";

    public static TheoryData<string, string, string> Table { get; } = new()
    {
        { "04 version has no meaning", "version: \"3.8\"\n" + Web, "version: (none)\nwarning: version has no meaning any more" },
        { "04 any version", "version: \"99\"\n" + Web, "services: web" },
        { "04 a version must be a text", "version: 3.8\n" + Web, "error: version must be a text, in quotes, and is the number 3.8" },
        { "04 name", "name: shop\n" + Web, "name: shop" },
        { "04 name is made one", "name: My Shop!_1\n" + Web, "name: myshop_1" },
        { "04 name with variables", "name: \"${A}-${B:-b}\"\n" + Web + "\n--- environment\nA=a", "name: a-b" },
        { "04 name of the last file that has one", "name: one\n" + Web + "\n--- over.yaml\nname: two\n--- last.yaml\nservices: {}\n--- arguments\nfile compose.yaml\nfile over.yaml\nfile last.yaml", "name: two" },
        { "04 name of which none can be made", "name: \"!!!\"\n" + Web, "error: /p/compose.yaml:1:7: name is '!!!', of which no name for a project can be made" },
        { "04 COMPOSE_PROJECT_NAME is stronger than name", "name: one\n" + Web + "\n--- environment\nCOMPOSE_PROJECT_NAME=two", "name: two" },
        { "04 COMPOSE_PROJECT_NAME in .env", Web + "\n--- .env\nCOMPOSE_PROJECT_NAME=two", "name: two" },
        { "04 COMPOSE_PROJECT_NAME must be one", Web + "\n--- environment\nCOMPOSE_PROJECT_NAME=Two", "error: The variable COMPOSE_PROJECT_NAME has 'Two', which is no name for a project" },
        { "04 a given name is the strongest", "name: one\n" + Web + "\n--- environment\nCOMPOSE_PROJECT_NAME=two\n--- arguments\nname three", "name: three" },
        { "04 a given name must be one", Web + "\n--- arguments\nname Three", "error: The name 'Three' is none for a project. It may have lower-case letters" },
        { "04 else the directory's", Web, "name: p" },
        { "04 names of networks and volumes", "services: { web: { image: x, networks: [n], volumes: [\"v:/v\"] } }\nnetworks: { n: { name: \"${COMPOSE_PROJECT_NAME}-x\" } }\nvolumes: { v: }", "networks.n.name: p-x" },
        { "02 a file of nothing", "# nothing", "error: '/p/compose.yaml' has nothing in it" },
        { "02 a file that is no map", "- a", "error: /p/compose.yaml:1:1: a compose file must be a map, and this is a list" },
        { "02 only volumes", "volumes: { v: }", "services: (none)\nvolumes: {v: null}" },
        { "05 services must be a map", "services: [a]", "error: services must be a map, and is a list" },
        { "05 names of services", "services: { \"a b\": { image: x } }", "error: services.a b is no name: a name has letters, digits, '.', '_' and '-' only" },
        { "05 a misspelt key", "services: { web: { image: x, comand: y } }", "error: /p/compose.yaml:1:30: services.web has no key 'comand'. Did you mean 'command'?" },
        { "03 a misspelt section", "servces: { web: { image: x } }\nvolumes: {}", "error: /p/compose.yaml:1:1: a compose file has no key 'servces'. Did you mean 'services'?" },
        { "03 a key of a service at the top", "image: x\n" + Web, "error: a compose file has no key 'image'. It belongs to a service, below services." },
        { "03 a name twice", "services: { web: { image: x }, web: { image: y } }", "error: 'web' is said twice" },
        { "11 x- at the top", "x-a: { b: [1, c] }\n" + Web, "x-a: {b: [1, c]}" },
        { "version 1: services at the top", "web: { image: x, links: [db] }\ndb: { image: y }", "services.web: {image: x, links: [db], network_mode: bridge}" },
        { "version 1: net of a service", "web: { image: x, net: \"container:db\" }\ndb: { image: y, net: host }", "services.web.network_mode: service:db\nservices.db.network_mode: host" },
        { "version 1: dockerfile and logs", "web: { build: ., dockerfile: D, log_driver: d, log_opt: { a: 1 } }", "services.web: {build: {context: /p, dockerfile: D}, network_mode: bridge, logging: {driver: d, options: {a: 1}}}" },
        { "version 1: named volumes are the host's", "web: { image: x, volume_driver: d, volumes: [\"data:/d\", \"./a:/a\"] }", "services.web.volumes: [data:/d, /p/a:/a]\nvolumes: {data: {name: data, driver: d}}" },
        { "version 1: containers' volumes", "web: { image: x, volumes_from: [db, \"other:ro\"] }\ndb: { image: y }", "services.web.volumes_from: [db, container:other:ro]" },
        { "version 1: extends", "web: { extends: db, user: u }\ndb: { image: y }", "services.web: {image: y, user: u, network_mode: bridge}" },
        { "version 1: a later file's image takes the place of build", "web: { build: . }\n--- over.yaml\nweb: { image: y }\n--- arguments\nfile compose.yaml\nfile over.yaml", "services.web: {image: y, network_mode: bridge}" },
        { "version 1: image and build", "web: { image: x, build: . }", "error: services.web has both image and build, of which files of version 1 allow one" },
        { "version 1: a key of later versions", "web: { image: x, deploy: {} }", "error: services.web has no key 'deploy'" },
        { "version 1: a service called version", "version: { image: x }\nweb: { image: y }", "services: version web" },
        { "version 1: cannot be merged with another", "web: { image: x }\n--- over.yaml\nservices: { web: { image: y } }\n--- arguments\nfile compose.yaml\nfile over.yaml", "error: /p/over.yaml:1:1: this is a file of a later version than 1" },
    };
}

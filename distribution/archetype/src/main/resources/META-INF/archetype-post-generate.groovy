// Renames the template of the kind to its class and deletes the templates of other kinds.
def project = new File(request.outputDirectory, request.artifactId)
def sources = new File(project, 'src/main/java/' + request.properties['package'].replace('.', '/'))
sources.eachFileMatch(~/kind-.*\.java/) { file ->
  if (file.name == "kind-${request.properties['kind']}.java") {
    file.renameTo(new File(sources, request.properties['className'] + '.java'))
  } else {
    file.delete()
  }
}

// There is a template for each kind: the one that is wanted gets the name of its class.
def project = new File(request.outputDirectory, request.artifactId)
def sources = new File(project, 'src/main/java/' + request.properties['package'].replace('.', '/'))
sources.eachFileMatch(~/kind-.*\.java/) { file ->
  if (file.name == "kind-${request.properties['kind']}.java") {
    file.renameTo(new File(sources, request.properties['className'] + '.java'))
  } else {
    file.delete()
  }
}
